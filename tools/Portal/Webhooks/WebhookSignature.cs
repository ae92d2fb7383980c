using System.Security.Cryptography;
using System.Text;

namespace GatewayAgent.Portal.Webhooks;

/// <summary>Signatures of Standard Webhooks (standard-webhooks.com), version 1: HMAC-SHA256 over <c>id.timestamp.body</c>.</summary>
internal static class WebhookSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    private const string Prefix = "whsec_";
    private const int LeastBytes = 24;
    private const int MostBytes = 64;

    /// <summary>Bytes of a secret; null when it is none.</summary>
    public static byte[]? KeyOf(string secret)
    {
        var bytes = new byte[MostBytes];
        return secret.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(secret[Prefix.Length..], bytes, out int length)
            && length >= LeastBytes ? bytes[..length] : null;
    }

    /// <param name="timestamp">Unix seconds of the attempt: a receiver refuses old ones, so that nobody can send a message again later.</param>
    public static string Sign(byte[] key, string id, long timestamp, string body) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}")));
}
