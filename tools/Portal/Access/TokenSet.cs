using System.Security.Cryptography;
using System.Text;
using GatewayAgent.Protocol;

namespace GatewayAgent.Portal.Access;

/// <summary>The tokens of a file. Each look-up compares with all of them, so that its time tells nothing.</summary>
internal sealed class TokenSet
{
    private readonly (byte[] Hash, DateTimeOffset? Expires, Grant Grant)[] _tokens;

    /// <exception cref="PortalException">An entry cannot be used; the message names it.</exception>
    public TokenSet(TokenList list)
    {
        _tokens = [.. list.Tokens.Select(Read)];
        ThrowIfTwice(list, "name", entry => entry.Name);
        ThrowIfTwice(list, "sha256", entry => entry.Sha256.ToUpperInvariant());
    }

    public static TokenSet Load(string path)
    {
        try
        {
            return new TokenSet(ConfigJson.Read<TokenList>(path));
        }
        catch (PortalException e) when (!e.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new PortalException($"{path}: {e.Message}", e);
        }
    }

    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>What the token with this hash grants; null when it is not known or has expired.</summary>
    public Grant? Find(byte[] hash, DateTimeOffset now)
    {
        Grant? found = null;
        foreach ((byte[] known, DateTimeOffset? expires, Grant grant) in _tokens)
        {
            if (CryptographicOperations.FixedTimeEquals(known, hash) && !(expires <= now))
            {
                found = grant;
            }
        }

        return found;
    }

    // What is counted by name would be counted together, and of two entries of one token it would be chance which holds.
    private static void ThrowIfTwice(TokenList list, string field, Func<TokenEntry, string> value)
    {
        if (list.Tokens.GroupBy(value).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new PortalException($"token '{twice.Last().Name}': another entry has the same {field}");
        }
    }

    private static (byte[] Hash, DateTimeOffset? Expires, Grant Grant) Read(TokenEntry entry)
    {
        if (entry.Sha256.Length != 64 || !entry.Sha256.All(char.IsAsciiHexDigit))
        {
            throw new PortalException($"token '{entry.Name}': sha256 is not 64 hexadecimal digits. gw token makes an entry");
        }

        if (entry.Homes.Count == 0)
        {
            throw new PortalException($"token '{entry.Name}': homes is empty. Name prefixes of homes, or \"*\" for all");
        }

        string? wrong = entry.Homes.FirstOrDefault(prefix => prefix != "*" && !Topics.IsId(prefix));
        return wrong == null
            ? (Convert.FromHexString(entry.Sha256), entry.Expires, new Grant(entry.Name, entry.Role, entry.Homes.Contains("*") ? null : entry.Homes))
            : throw new PortalException($"token '{entry.Name}': no home's name can begin with '{wrong}'");
    }
}
