using System.Runtime.InteropServices;

namespace GatewayAgent.Mosquitto;

/// <summary>Makes a struct mosquitto from options.</summary>
internal static unsafe class NativeClient
{
    private const string SystemAuthorities = "/etc/ssl/certs";

    public static MosquittoHandle Create(MosquittoOptions options)
    {
        var handle = new MosquittoHandle(NativeMethods.New(options.ClientId, options.CleanSession ? (byte)1 : (byte)0, 0));
        if (handle.IsInvalid)
        {
            throw new MosquittoException($"cannot make an MQTT client: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        try
        {
            Apply(handle, options);
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Makes the TCP connection and sends CONNECT.</summary>
    /// <returns>MOSQ_ERR code.</returns>
    public static int Connect(MosquittoHandle handle, MosquittoOptions options)
    {
        if (!options.IsVersion5)
        {
            return NativeMethods.Connect(handle, options.Host, options.Port, options.KeepAliveSeconds);
        }

        nint properties = 0;
        try
        {
            // With 5.0 a session that is not clean ends with its connection, unless this says otherwise.
            uint seconds = options.CleanSession ? 0 : (uint)Math.Min(options.SessionExpiry.TotalSeconds, uint.MaxValue);
            Check(NativeMethods.PropertyAddInt32(&properties, NativeMethods.PropertySessionExpiryInterval, seconds), "session expiry");
            return NativeMethods.ConnectV5(handle, options.Host, options.Port, options.KeepAliveSeconds, null, properties);
        }
        finally
        {
            NativeMethods.PropertyFreeAll(&properties);
        }
    }

    private static void Apply(MosquittoHandle handle, MosquittoOptions options)
    {
        if (options.IsVersion5)
        {
            Check(NativeMethods.IntOption(handle, NativeMethods.OptProtocolVersion, NativeMethods.ProtocolV5), "protocol version");
        }

        // Publishing threads only queue; writing is the loop thread's alone.
        Check(NativeMethods.ThreadedSet(handle, 1), "threads");

        // Without it a small packet waits for the acknowledgement of the one before: 40 ms.
        Check(NativeMethods.IntOption(handle, NativeMethods.OptTcpNoDelay, 1), "TCP_NODELAY");
        Check(NativeMethods.IntOption(handle, NativeMethods.OptSendMaximum, options.MaximumInflight), "maximum inflight");
        if (options.UserName != null)
        {
            Check(NativeMethods.UserNameSet(handle, options.UserName, options.Password), "user name");
        }

        if (options.Will != null)
        {
            SetWill(handle, options.Will);
        }

        if (options.Tls != null)
        {
            SetTls(handle, options.Tls);
        }
    }

    private static void SetWill(MosquittoHandle handle, MosquittoWill will)
    {
        fixed (byte* payload = will.Payload.Span)
        {
            Check(
                NativeMethods.WillSet(handle, will.Topic, will.Payload.Length, payload, will.Qos, will.Retain ? (byte)1 : (byte)0),
                $"will \"{will.Topic}\"");
        }
    }

    private static void SetTls(MosquittoHandle handle, MosquittoTls tls)
    {
        string? directory = tls.CaFile == null ? SystemAuthorities : null;
        Check(NativeMethods.TlsSet(handle, tls.CaFile, directory, tls.CertificateFile, tls.KeyFile, 0), "TLS files");
        int verify = tls.VerifyBroker ? NativeMethods.SslVerifyPeer : NativeMethods.SslVerifyNone;
        Check(NativeMethods.TlsOptionsSet(handle, verify, null, null), "TLS verification");
    }

    private static void Check(int code, string option) =>
        MosquittoException.ThrowIfError(code, $"libmosquitto refuses the option {option}");
}
