using System.Runtime.InteropServices;

namespace GatewayAgent.Mosquitto;

/// <summary>
/// Why a TLS handshake failed. libmosquitto's error says only that it did; the reason is in what it logs, and in OpenSSL's verdict on the
/// broker's certificate, which lives as long as the handshake. Knows what was logged until the connection is accepted.
/// </summary>
internal sealed unsafe class TlsDiagnosis
{
    private const string OpenSslLine = "OpenSSL Error";
    private const string ErrorLine = "Error: ";
    private const string AlertWord = " alert ";

    // X509_V_ERR_…: the codes whose words in OpenSSL are too much its own.
    private static readonly Dictionary<long, string> _verdicts = new()
    {
        [7] = "no trusted authority has signed it (an authority of this name has another key)",
        [9] = "it is not valid yet",
        [10] = "it has expired",
        [18] = "no trusted authority has signed it (self-signed certificate)",
        [19] = "no trusted authority has signed it (self-signed certificate in chain)",
        [20] = "no trusted authority has signed it (issuer not found)",
        [21] = "no trusted authority has signed it (issuer not found)",
        [62] = "it is for another host name",
    };

    /// <summary>The first reason given, which is the cause of the others; null = none.</summary>
    public string? Reason { get; private set; }

    /// <summary>Takes a line of the library's log, inside its callback.</summary>
    public void Hear(nint mosquitto, string line)
    {
        if (line.Contains("host name verification failed", StringComparison.Ordinal))
        {
            Reason ??= "the broker's certificate is refused: it is for another host name";
        }
        else if (line.StartsWith(OpenSslLine, StringComparison.Ordinal))
        {
            Reason ??= OfOpenSsl(mosquitto, line[(line.LastIndexOf(':') + 1)..]);
        }
        else if (line.StartsWith(ErrorLine, StringComparison.Ordinal))
        {
            Reason ??= line[ErrorLine.Length..];
        }
    }

    private static string OfOpenSsl(nint mosquitto, string text)
    {
        if (Verdict(NativeMethods.SslGet(mosquitto)) is { } verdict)
        {
            return $"the broker's certificate is refused: {verdict}";
        }

        // Alerts are the other side's words.
        int alert = text.IndexOf(AlertWord, StringComparison.Ordinal);
        return alert < 0 ? $"TLS: {text}" : $"the broker refuses this client's certificate, or misses one (TLS alert: {text[(alert + AlertWord.Length)..]})";
    }

    /// <returns>Null when there is nothing wrong with it, or nothing known.</returns>
    private static string? Verdict(nint ssl)
    {
        long code = ssl == 0 || !OpenSsl.IsFound ? 0 : OpenSsl.VerifyResult(ssl);
        if (code == 0)
        {
            return null;
        }

        return _verdicts.TryGetValue(code, out string? words)
            ? words
            : Marshal.PtrToStringUTF8((nint)OpenSsl.VerifyErrorString((nint)code)) ?? $"verification code {code}";
    }

    /// <summary>Two functions of the very OpenSSL that libmosquitto is linked with: they are looked for among its dependencies.</summary>
    private static class OpenSsl
    {
        // C's long, which is as wide as a pointer where mosquitto runs.
        public static readonly delegate* unmanaged[Cdecl]<nint, nint> VerifyResult;
        public static readonly delegate* unmanaged[Cdecl]<nint, byte*> VerifyErrorString;

        static OpenSsl()
        {
            nint mosquitto = NativeLibrary.Load(NativeMethods.Library);
            NativeLibrary.TryGetExport(mosquitto, "SSL_get_verify_result", out nint result);
            NativeLibrary.TryGetExport(mosquitto, "X509_verify_cert_error_string", out nint words);
            VerifyResult = (delegate* unmanaged[Cdecl]<nint, nint>)result;
            VerifyErrorString = (delegate* unmanaged[Cdecl]<nint, byte*>)words;
        }

        public static bool IsFound => VerifyResult != null && VerifyErrorString != null;
    }
}
