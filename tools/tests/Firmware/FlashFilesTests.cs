using GatewayAgent.Device.Platform;

namespace GatewayAgent.Tests.Firmware;

/// <summary>The port on files, and what a power cut leaves of a file that is replaced.</summary>
public sealed class FlashFilesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("flash").FullName + Path.DirectorySeparatorChar;
    private readonly byte[] _buffer = new byte[8];

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void What_is_appended_is_read_from_any_place()
    {
        FlashFiles flash = New();
        Assert.Equal(-1, flash.Read("a", 0, _buffer, 4));
        Assert.True(flash.Append("a", [1, 2, 3, 9], 3));
        Assert.True(flash.Append("a", [4, 5], 2));
        Assert.Equal(4, flash.Read("a", 1, _buffer, 8));
        Assert.Equal([2, 3, 4, 5], _buffer[..4]);
        Assert.Equal(2, flash.Read("a", 0, _buffer, 2));
        Assert.Equal(0, flash.Read("a", 5, _buffer, 8));
        Assert.Equal(0, flash.Read("a", 99, _buffer, 8));
    }

    [Fact]
    public void A_file_is_replaced_and_removed_as_a_whole()
    {
        FlashFiles flash = New();
        Assert.True(flash.Replace("a", [1, 2, 3], 3));
        Assert.True(flash.Replace("a", [4], 1));
        Assert.Equal(1, flash.Read("a", 0, _buffer, 8));
        Assert.Equal(4, _buffer[0]);
        Assert.True(flash.Delete("a"));
        Assert.True(flash.Delete("a"));
        Assert.Equal(-1, flash.Read("a", 0, _buffer, 8));
        Assert.Empty(Directory.GetFiles(_root));
    }

    [Fact]
    public void A_cut_before_the_old_file_is_gone_leaves_the_old_one()
    {
        File.WriteAllBytes(_root + "a", [1]);
        File.WriteAllBytes(_root + "a.new", [2, 3]);
        FlashFiles flash = New();
        Assert.Equal(1, flash.Read("a", 0, _buffer, 8));
        Assert.True(flash.Replace("a", [7, 8, 9], 3));
        Assert.Equal(3, flash.Read("a", 0, _buffer, 8));
    }

    [Fact]
    public void A_cut_before_the_new_file_has_its_name_leaves_the_new_one()
    {
        FlashFiles flash = New();
        File.WriteAllBytes(_root + "a.new", [2, 3]);
        Assert.Equal(2, flash.Read("a", 0, _buffer, 8));
        File.Move(_root + "a", _root + "a.new");
        Assert.True(flash.Append("a", [4], 1));
        Assert.Equal(3, flash.Read("a", 0, _buffer, 8));
        File.Move(_root + "a", _root + "a.new");
        Assert.True(flash.Delete("a"));
        Assert.Equal(-1, flash.Read("a", 0, _buffer, 8));
    }

    [Fact]
    public void An_interim_file_that_was_only_begun_is_no_content()
    {
        File.WriteAllBytes(_root + "a.new", []);
        Assert.Equal(-1, New().Read("a", 0, _buffer, 8));
    }

    [Fact]
    public void Errors_of_the_file_system_are_answers()
    {
        var flash = new FlashFiles(_root + "missing" + Path.DirectorySeparatorChar);
        Assert.Equal(-1, flash.Read("a", 0, _buffer, 8));
        Assert.False(flash.Append("a", [1], 1));
        Assert.False(flash.Replace("a", [1], 1));
        Directory.CreateDirectory(_root + "folder");
        Assert.False(New().Append("folder", [1], 1));
    }

    private FlashFiles New() => new(_root);
}
