using GatewayAgent.Provisioning;
using GatewayAgent.Provisioning.Improv;
using GatewayAgent.Provisioning.Serial;
using GatewayAgent.Tests.Support;

namespace GatewayAgent.Tests.Provisioning;

/// <summary>The client on a pseudo-terminal whose other end speaks Improv, well or badly.</summary>
public sealed class ImprovClientTests
{
    private static readonly TimeSpan _longEnough = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _soon = TimeSpan.FromMilliseconds(200);
    private static readonly WifiNetwork _home = new("Käthe's", "correct horse");

    [Fact]
    public void A_device_tells_its_state_and_who_it_is()
    {
        using var peer = new ImprovPeer(ImprovPeer.Sound);
        using SerialPort port = SerialPort.Open(peer.Path);
        var client = new ImprovClient(port);

        Assert.Equal(ImprovState.Ready, client.FindState(_longEnough));
        Assert.Equal(new ImprovDevice("gateway-agent", "1.2", "ESP32-C3", "hall"), client.AskDevice(_longEnough));
    }

    [Fact]
    public void Networks_come_strongest_first()
    {
        using var peer = new ImprovPeer(ImprovPeer.Sound);
        using SerialPort port = SerialPort.Open(peer.Path);

        Assert.Equal([new ImprovNetwork("Käthe's", -40, true), new ImprovNetwork("Far", -80, false)], new ImprovClient(port).Scan(_longEnough));
    }

    [Fact]
    public void Credentials_arrive_byte_for_byte_and_the_devices_page_comes_back()
    {
        using var peer = new ImprovPeer(ImprovPeer.Sound);
        using SerialPort port = SerialPort.Open(peer.Path);

        Assert.Equal("http://192.168.1.9/", new ImprovClient(port).SendWifi(_home, _longEnough));

        Assert.True(peer.Heard.TryDequeue(out ImprovPacket? heard));
        Assert.Equal([1, 23, 8, .. "Käthe's"u8, 13, .. "correct horse"u8], heard.Data);
    }

    [Theory]
    [InlineData(ImprovError.InvalidPacket, "malformed")]
    [InlineData(ImprovError.UnknownCommand, "does not know this command")]
    [InlineData(ImprovError.UnableToConnect, "cannot join the network")]
    [InlineData(ImprovError.Unknown, "error 255")]
    public void What_the_device_refuses_is_told_in_words_without_the_password(ImprovError error, string words)
    {
        using var peer = new ImprovPeer(_ => [ImprovPeer.State(ImprovState.Provisioning), ImprovPeer.Error(error)]);
        using SerialPort port = SerialPort.Open(peer.Path);

        ImprovException fault = Assert.Throws<ImprovException>(() => new ImprovClient(port).SendWifi(_home, _longEnough));

        Assert.Equal(error, fault.Error);
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("correct horse", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_boots_is_asked_until_it_answers()
    {
        int asked = 0;
        using var peer = new ImprovPeer(packet => Interlocked.Increment(ref asked) < 3 ? [ImprovPeer.Log("boot\r\n")] : ImprovPeer.Sound(packet));
        using SerialPort port = SerialPort.Open(peer.Path);

        Assert.Equal(ImprovState.Ready, new ImprovClient(port).FindState(_longEnough));
        Assert.Equal(3, asked);
    }

    [Fact]
    public void A_console_that_does_not_speak_improv_is_told_from_a_silent_one()
    {
        byte[] damaged = ImprovPeer.State(ImprovState.Ready);
        damaged[^2] ^= 1;
        using var peer = new ImprovPeer(_ => [ImprovPeer.Log("nanoCLR\r\n"), damaged]);
        using SerialPort port = SerialPort.Open(peer.Path);

        string message = Assert.Throws<ImprovException>(() => new ImprovClient(port).FindState(_soon)).Message;

        Assert.StartsWith($"{peer.Path}: nothing there speaks Improv Wi-Fi", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_falls_silent_is_given_up()
    {
        using var peer = new ImprovPeer(_ => [ImprovPeer.Error(ImprovError.None), ImprovPeer.State(ImprovState.Provisioning)]);
        using SerialPort port = SerialPort.Open(peer.Path);

        Assert.EndsWith("does not answer", Assert.Throws<ImprovException>(() => new ImprovClient(port).SendWifi(_home, _soon)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_that_are_not_sound_are_refused()
    {
        using var peer = new ImprovPeer(_ => [ImprovPacket.Result(ImprovCommand.RequestInfo, "only", "two").Encode()]);
        using SerialPort port = SerialPort.Open(peer.Path);

        Assert.EndsWith("not sound", Assert.Throws<ImprovException>(() => new ImprovClient(port).AskDevice(_longEnough)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pulled_cable_is_told()
    {
        var line = new PseudoTerminal();
        using SerialPort port = SerialPort.Open(line.Path);
        line.Dispose();

        Assert.EndsWith("Is the board still plugged in?", Assert.Throws<SerialException>(() => port.Read(new byte[1], _longEnough)).Message, StringComparison.Ordinal);
    }
}
