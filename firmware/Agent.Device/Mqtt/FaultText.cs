using System;
using System.Net.Sockets;
using System.Reflection;

namespace GatewayAgent.Device.Mqtt;

/// <summary>
/// What an exception of the MQTT client means, in words for whoever asks why a node is silent. The device's exceptions of sockets and TLS
/// hold a number and no text.
/// </summary>
public static class FaultText
{
    // The TLS stack's exception is not in the API lists of the package; the runtime fills this field of it.
    private const string TlsException = "System.Security.Cryptography.CryptographicException";
    private const string CodeField = "_errorCode";

    // mbedTLS: what is wrong with the broker's certificate, as bits.
    private const int Expired = 0x01, Revoked = 0x02, OtherName = 0x04, NotTrusted = 0x08, NotYetValid = 0x0200;

    // mbedTLS: the other side ended the handshake with an alert, or without one.
    private const int Alert = -0x7780, EndOfStream = -0x7280, ConnectionReset = -0x0050;

    private const int TimedOut = 10060, Refused = 10061, HostDown = 10064, HostUnreachable = 10065, NetworkUnreachable = 10051;
    private const int HostNotFound = 11001, TryAgain = 11002, NoData = 11004;

    /// <summary>The reason, from the innermost exception, where the client's own message only says that it failed.</summary>
    public static string Of(Exception e)
    {
        Exception cause = e.InnerException == null ? e : e.InnerException;
        SocketException socket = cause as SocketException;
        string words = socket != null ? OfSocket(socket.ErrorCode) : OfTls(cause);
        if (words != null)
        {
            return words;
        }

        return cause.Message == null || cause.Message.Length == 0 ? cause.GetType().Name : cause.Message;
    }

    /// <param name="code">Return code of a CONNACK, MQTT 3.1.1 table 3.1.</param>
    public static string OfRefusal(int code)
    {
        switch (code)
        {
            case 1:
                return "refused by the broker: it does not speak MQTT 3.1.1 (code 1)";
            case 2:
                return "refused by the broker: it does not accept this client identifier (code 2)";
            case 3:
                return "refused by the broker: it is not available (code 3)";
            case 4:
                return "refused by the broker: bad user name or password (code 4)";
            case 5:
                return "refused by the broker: not authorised; user name, password or certificate are not those of this node (code 5)";
            default:
                return "refused by the broker: code " + code.ToString();
        }
    }

    /// <param name="code">Of the runtime's TLS: bits of a certificate's faults when positive, an error of mbedTLS when negative.</param>
    public static string OfTlsCode(int code)
    {
        string number = " (TLS code " + code.ToString() + ")";
        switch (code)
        {
            case Alert:
                return "the broker broke off the TLS handshake: it accepts no such client certificate, or misses one" + number;
            case EndOfStream:
            case ConnectionReset:
                return "the broker closed the connection within the TLS handshake: is this its TLS port?" + number;
        }

        return code < 0 ? "the TLS handshake failed" + number : "the broker's certificate is refused:" + Faults(code) + number;
    }

    private static string Faults(int bits) =>
        Fault(bits, NotTrusted, " no authority in ca.pem has signed it;")
        + Fault(bits, Expired, " it has expired;")
        + Fault(bits, NotYetValid, " it is not valid yet, or this device does not know the time;")
        + Fault(bits, OtherName, " it is for another host name;")
        + Fault(bits, Revoked, " it is revoked;");

    private static string Fault(int bits, int bit, string words) => (bits & bit) != 0 ? words : string.Empty;

    // Null: not the TLS stack's.
    private static string OfTls(Exception cause)
    {
        if (cause.GetType().FullName != TlsException)
        {
            return null;
        }

        FieldInfo field = cause.GetType().GetField(CodeField, BindingFlags.Instance | BindingFlags.NonPublic);
        return field == null ? "TLS failed" : OfTlsCode((int)field.GetValue(cause));
    }

    // Null: the number tells nothing that the message does not.
    private static string OfSocket(int code)
    {
        switch (code)
        {
            case Refused:
                return "nobody listens at this address (connection refused)";
            case TimedOut:
                return "no answer (connection timed out)";
            case HostDown:
            case HostUnreachable:
            case NetworkUnreachable:
                return "no way there (host or network unreachable)";
            case HostNotFound:
            case TryAgain:
            case NoData:
                return "the host name cannot be looked up";
            default:
                return null;
        }
    }
}
