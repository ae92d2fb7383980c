namespace GatewayAgent.Portal.Access;

/// <summary>A token as its file holds it: enough to know it again, not enough to use it.</summary>
/// <param name="Sha256">Of the token's UTF-8 text, 64 hexadecimal digits.</param>
/// <param name="Homes">Prefixes of the names of homes; <c>*</c> = all.</param>
/// <param name="Expires">Null = never.</param>
public sealed record TokenEntry(string Name, string Sha256, IReadOnlyList<string> Homes, Role Role, DateTimeOffset? Expires = null);

/// <summary>The file of tokens.</summary>
public sealed record TokenList(IReadOnlyList<TokenEntry> Tokens);
