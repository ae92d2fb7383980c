using GatewayAgent.Portal;
using GatewayAgent.Portal.Access;

namespace GatewayAgent.Tests.Portal;

public sealed class TokenFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portal tests ");

    private string TokenPath => Path.Combine(_folder.FullName, "tokens.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_file_holds_the_hash_and_is_its_owners_alone()
    {
        string token = TokenFile.Add(TokenPath, "care", Role.Care, ["acme-"]);
        string text = File.ReadAllText(TokenPath);

        Assert.DoesNotContain(token, text, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(TokenSet.HashOf(token)), text, StringComparison.Ordinal);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(TokenPath) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public void Tokens_are_added_to_those_there_are_and_differ()
    {
        string first = TokenFile.Add(TokenPath, "a", Role.Viewer, ["*"]);
        string second = TokenFile.Add(TokenPath, "b", Role.Operator, ["acme-", "zen-"]);
        TokenSet set = TokenSet.Load(TokenPath);

        Assert.NotEqual(first, second);
        Assert.Equal(("a", Role.Viewer), (set.Find(TokenSet.HashOf(first), SampleHome.Now)!.Name, set.Find(TokenSet.HashOf(first), SampleHome.Now)!.Role));
        Assert.True(set.Find(TokenSet.HashOf(second), SampleHome.Now)!.Sees("zen-1"));
        Assert.False(set.Find(TokenSet.HashOf(second), SampleHome.Now)!.Sees("other-1"));
    }

    [Fact]
    public void A_name_is_given_once()
    {
        TokenFile.Add(TokenPath, "care", Role.Care, ["*"]);
        string before = File.ReadAllText(TokenPath);

        PortalException refusal = Assert.Throws<PortalException>(() => TokenFile.Add(TokenPath, "care", Role.Viewer, ["*"]));

        Assert.Contains("'care'", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(TokenPath));
    }

    [Theory]
    [InlineData("""{"tokens":[{"name":"a","sha256":"00","homes":["*"],"role":"viewer"}]}""", "64 hexadecimal")]
    [InlineData("""{"tokens":[{"name":"a","sha256":"0000000000000000000000000000000000000000000000000000000000000000","homes":[],"role":"viewer"}]}""", "homes is empty")]
    [InlineData("""{"tokens":[{"name":"a","sha256":"0000000000000000000000000000000000000000000000000000000000000000","homes":["a b"],"role":"viewer"}]}""", "'a b'")]
    [InlineData("""{"tokens":[{"name":"a","sha256":"0000000000000000000000000000000000000000000000000000000000000000","homes":["*"],"role":"root"}]}""", "role")]
    [InlineData("""{"tokens":[{"name":"a","sha256":"0000000000000000000000000000000000000000000000000000000000000000","homes":["*"],"role":"viewer","expire":"2027-01-01T00:00:00Z"}]}""", "expire")]
    [InlineData("""{"tokens":[{"sha256":"0000000000000000000000000000000000000000000000000000000000000000","homes":["*"],"role":"viewer"}]}""", "name")]
    [InlineData("""{"tokens":[{"name":"a","sha256":"0000000000000000000000000000000000000000000000000000000000000000","homes":["*"],"role":"viewer"},{"name":"a","sha256":"1111111111111111111111111111111111111111111111111111111111111111","homes":["*"],"role":"viewer"}]}""", "'a': another entry has the same name")]
    [InlineData("""{"tokens":[{"name":"a","sha256":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","homes":["*"],"role":"viewer"},{"name":"b","sha256":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","homes":["*"],"role":"care"}]}""", "'b': another entry has the same sha256")]
    [InlineData("[]", "JSON")]
    [InlineData("", "JSON")]
    public void A_file_that_cannot_be_used_is_refused_with_the_reason(string text, string reason)
    {
        File.WriteAllText(TokenPath, text);

        PortalException refusal = Assert.Throws<PortalException>(() => TokenSet.Load(TokenPath));

        Assert.StartsWith(TokenPath, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }
}
