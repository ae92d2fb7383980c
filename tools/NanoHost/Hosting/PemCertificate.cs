using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GatewayAgent.NanoHost;

/// <summary>
/// The device's X509Certificate2, made of PEM text: the BCL's type of that name takes a file name where the device's takes PEM. Firmware
/// projects compile against it under the device's name (see their <c>.csproj</c>). What cannot be read throws, as on the device; here a
/// key of another certificate does so too.
/// </summary>
public sealed class PemCertificate : X509Certificate
{
    public PemCertificate(string certificate)
        : base(Read(() => X509Certificate2.CreateFromPem(certificate))) => Pem = certificate;

    /// <param name="rawData">The certificate; authorities between it and the root may follow it.</param>
    /// <param name="key">Its private key.</param>
    /// <param name="password">Of the key; empty = none. Others are not supported here.</param>
    public PemCertificate(string rawData, string key, string password)
        : base(Read(() => X509Certificate2.CreateFromPem(rawData, key)))
    {
        if (password.Length > 0)
        {
            throw new NotSupportedException("a key with a pass-phrase");
        }

        (Pem, KeyPem) = (rawData, key);
    }

    internal string Pem { get; }

    /// <summary>Null without a private key.</summary>
    internal string KeyPem { get; }

    // The device's exception says nothing either.
    private static X509Certificate2 Read(Func<X509Certificate2> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            throw new ArgumentException();
        }
    }
}
