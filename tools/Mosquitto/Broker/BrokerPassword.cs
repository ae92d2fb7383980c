using System.Security.Cryptography;

namespace GatewayAgent.Mosquitto;

/// <summary>Hashes a password as mosquitto_passwd does, so that none is ever written down in clear: PBKDF2 with SHA-512.</summary>
internal static class BrokerPassword
{
    private const int Iterations = 101;
    private const int SaltLength = 12;
    private const int HashLength = 64;

    /// <summary>The line's second field: <c>$7$iterations$salt$hash</c>, salt and hash in Base64.</summary>
    public static string Hash(string password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltLength);
        byte[] hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA512, HashLength);
        return $"$7${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}";
    }
}
