using GatewayAgent.Provisioning;
using GatewayAgent.Provisioning.Kits;

namespace GatewayAgent.Tests.Provisioning;

/// <summary>A folder has its old content or its new, whatever goes wrong, and on any file system.</summary>
public sealed class FolderSwapTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gw swap ");

    public FolderSwapTests() => Directory.CreateDirectory(Kit);

    private string Kit => Path.Combine(_folder.FullName, "kit");

    private string[] Beside => [.. _folder.EnumerateFileSystemInfos().Select(entry => entry.Name).Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_new_content_takes_the_place_of_the_old_also_where_two_folders_cannot_be_exchanged(bool canExchange)
    {
        Write(Kit, "old");

        using (FolderSwap swap = FolderSwap.Begin(Kit, canExchange ? null : (_, _) => false))
        {
            File.Delete(Path.Combine(swap.Next, "content"));
            Write(swap.Next, "new");
            swap.Commit();
        }

        Assert.Equal("new", Read());
        Assert.Equal([".kit.lock", "kit"], Beside);
    }

    [Fact]
    public void What_fails_between_two_renames_costs_nothing_of_the_old()
    {
        Write(Kit, "old");

        using (FolderSwap swap = FolderSwap.Begin(Kit, (next, _) =>
        {
            // So the second rename finds nothing.
            Directory.Delete(next, recursive: true);
            return false;
        }))
        {
            Assert.ThrowsAny<IOException>(swap.Commit);
        }

        Assert.Equal("old", Read());
        Assert.Equal([".kit.lock", "kit"], Beside);
    }

    [Fact]
    public void A_lock_that_cannot_be_opened_is_not_taken_for_somebody_elses()
    {
        string held = Path.Combine(_folder.FullName, ".kit.lock");
        File.CreateSymbolicLink(held, held);

        Assert.ThrowsAny<IOException>(() => FolderSwap.Begin(Kit));
    }

    [Fact]
    public void A_link_to_elsewhere_cannot_change_with_the_rest()
    {
        string elsewhere = Directory.CreateDirectory(Path.Combine(_folder.FullName, "elsewhere")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(Kit, "broker"), elsewhere);

        Assert.Contains("is a link", Assert.Throws<ProvisionException>(() => FolderSwap.Begin(Kit)).Message, StringComparison.Ordinal);
        Assert.True(Directory.Exists(elsewhere));
        Assert.Equal([".kit.lock", "elsewhere", "kit"], Beside);
    }

    private static void Write(string folder, string text) => File.WriteAllText(Path.Combine(folder, "content"), text);

    private string Read() => File.ReadAllText(Path.Combine(Kit, "content"));
}
