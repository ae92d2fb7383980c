using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using GatewayAgent.Mosquitto;
using GatewayAgent.Protocol;

namespace GatewayAgent.Portal.Access;

/// <summary>The file of tokens, from the side of whoever hands them out.</summary>
public static class TokenFile
{
    /// <summary>Tells a token from other secrets, for people and for programs that look for leaked ones.</summary>
    public const string Prefix = "gwt_";

    private const int TokenBytes = 32;

    private static readonly SearchValues<char> _digits = SearchValues.Create("0123456789abcdef");

    /// <summary>Whether a text has the form of a token.</summary>
    public static bool IsToken(string text) => text.StartsWith(Prefix, StringComparison.Ordinal) && text.AsSpan(Prefix.Length).IndexOfAnyExcept(_digits) < 0;

    /// <summary>Adds a token to a file, which is made (mode 600) when missing.</summary>
    /// <param name="homes">Prefixes of the names of homes; <c>*</c> = all.</param>
    /// <returns>The token, which is nowhere else: the file holds its hash.</returns>
    /// <exception cref="PortalException">The file does not hold tokens, has the name already, or an argument cannot be used.</exception>
    public static string Add(string path, string name, Role role, IReadOnlyList<string> homes, DateTimeOffset? expires = null)
    {
        if (!Topics.IsId(name))
        {
            throw new PortalException($"'{name}' is no name of a token: 1–{Topics.MaxIdLength} of A-Z a-z 0-9 . _ -");
        }

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            throw new PortalException($"{path}: there is no folder {folder}");
        }

        IReadOnlyList<TokenEntry> known = File.Exists(path) ? ConfigJson.Read<TokenList>(path).Tokens : [];
        if (known.Any(entry => entry.Name == name))
        {
            throw new PortalException($"{path} has a token '{name}' already. Take another name, or remove its entry first");
        }

        string token = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
        var list = new TokenList([.. known, new TokenEntry(name, Convert.ToHexStringLower(TokenSet.HashOf(token)), homes, role, expires)]);
        _ = new TokenSet(list);
        Replace(path, JsonSerializer.Serialize(list, ConfigJson.Options) + "\n");
        return token;
    }

    // Written beside and moved over: whoever reads it meanwhile sees the old file or the new one.
    private static void Replace(string path, string text)
    {
        string next = path + ".new";
        File.Delete(next);
        File.Move(PrivateFile.Write(next, text), path, overwrite: true);
    }
}
