using System.Runtime.InteropServices;

namespace GatewayAgent.Mosquitto;

/// <summary>The broker answered CONNECT with a refusal.</summary>
public sealed class MosquittoRefusedException : MosquittoException
{
    /// <summary>Reason codes of MQTT 5.0 begin here.</summary>
    private const int FirstReasonCode = 128;

    internal MosquittoRefusedException(string broker, int returnCode)
        : base($"{broker} refused the connection: {Text(returnCode)}") => ReturnCode = returnCode;

    /// <summary>
    /// Code of the CONNACK. MQTT 3.1.1, table 3.1: 1 protocol, 2 client id, 3 unavailable, 4 user or password, 5 not authorised. MQTT 5.0,
    /// table 3-1: from 128 on, 134 user or password, 135 not authorised.
    /// </summary>
    public int ReturnCode { get; }

    private static unsafe string Text(int code) =>
        Marshal.PtrToStringUTF8((nint)(code < FirstReasonCode ? NativeMethods.ConnackString(code) : NativeMethods.ReasonString(code))) ?? $"code {code}";
}
