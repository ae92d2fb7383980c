using GatewayAgent.Doctor.Log;
using GatewayAgent.Tests.Support;

namespace GatewayAgent.Tests.Doctor;

/// <summary>A board whose cable is pulled out and put back. The path is a link, as udev makes them, for a pseudo-terminal never keeps its name.</summary>
public sealed class BoardWatchTests
{
    [Fact]
    public async Task It_goes_on_when_the_port_comes_back()
    {
        using var end = new CancellationTokenSource();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("gw monitor ");
        string path = Path.Combine(folder.FullName, "ttyUSB0");
        var lines = new Inbox<string>();
        var told = new Inbox<string>();
        var first = new FakeBoard(true, "from the first boot");
        File.CreateSymbolicLink(path, first.Path);
        Task watch = Task.Run(() => new BoardWatch(path, 921600, told.Add).Follow(lines.Add, isRestarted: false, end.Token));

        Assert.Equal("from the first boot", lines.Take());
        File.Delete(path);
        first.Dispose();
        Assert.Equal("the runtime answers: its log is on", told.Take());
        Assert.Equal($"{path} is gone; waiting for it", told.Take());
        using var second = new FakeBoard(true, "from the second boot");
        File.CreateSymbolicLink(path, second.Path);

        Assert.Equal($"{path} is back", told.Take());
        Assert.Equal("from the second boot", lines.Take());
        await end.CancelAsync();
        await watch;
        folder.Delete(recursive: true);
    }
}
