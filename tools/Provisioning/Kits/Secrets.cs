using System.Security.Cryptography;

namespace GatewayAgent.Provisioning.Kits;

/// <summary>Secrets that nobody types.</summary>
internal static class Secrets
{
    /// <summary>128 bits as 32 hexadecimal digits: a password, or the hash key of a home.</summary>
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Limits.HomeKeyBytes));
}
