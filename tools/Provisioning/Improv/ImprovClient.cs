using System.Diagnostics;
using System.Globalization;
using GatewayAgent.Provisioning.Serial;

namespace GatewayAgent.Provisioning.Improv;

/// <summary>Who a device says it is.</summary>
public sealed record ImprovDevice(string Firmware, string Version, string Chip, string Name);

/// <summary>A network that a device hears; <paramref name="Rssi"/> in dBm, null when it says none.</summary>
public sealed record ImprovNetwork(string Ssid, int? Rssi, bool IsSecured);

/// <summary>Speaks Improv Wi-Fi to a device on a serial port: one command at a time.</summary>
public sealed class ImprovClient(SerialPort port)
{
    // A device that boots hears nothing yet, so the first question is asked anew each second.
    private static readonly TimeSpan _askAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _writeTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(100);

    private readonly ImprovReader _reader = new();
    private readonly Queue<ImprovPacket> _packets = new();

    /// <summary>Asks for the state until the device answers.</summary>
    /// <exception cref="ImprovException">It does not answer in time.</exception>
    public ImprovState FindState(TimeSpan patience, CancellationToken cancel = default)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < patience;)
        {
            Send(ImprovPacket.Of(ImprovCommand.RequestState));
            TimeSpan left = patience - watch.Elapsed;
            if (Receive(packet => packet.Type == ImprovPacketType.CurrentState, left < _askAgain ? left : _askAgain, cancel) is { Data: [byte state] })
            {
                return (ImprovState)state;
            }
        }

        throw new ImprovException(
            $"{port.Path}: nothing there speaks Improv Wi-Fi{(_reader.Damaged > 0 ? $" ({_reader.Damaged} damaged packets came: check cable and speed)" : "")}");
    }

    /// <exception cref="ImprovException">It refuses, or does not answer in time.</exception>
    public ImprovDevice AskDevice(TimeSpan patience, CancellationToken cancel = default)
    {
        IReadOnlyList<string> strings = Ask(ImprovPacket.Of(ImprovCommand.RequestInfo), ImprovCommand.RequestInfo, patience, cancel);
        return strings.Count >= 4 ? new ImprovDevice(strings[0], strings[1], strings[2], strings[3]) : throw Unsound();
    }

    /// <summary>The networks it hears, strongest first.</summary>
    /// <exception cref="ImprovException">It refuses, or does not answer in time.</exception>
    public IReadOnlyList<ImprovNetwork> Scan(TimeSpan patience, CancellationToken cancel = default)
    {
        var networks = new List<ImprovNetwork>();
        var watch = Stopwatch.StartNew();
        Send(ImprovPacket.Of(ImprovCommand.RequestNetworks));
        while (true)
        {
            IReadOnlyList<string> strings = Await(ImprovCommand.RequestNetworks, patience - watch.Elapsed, cancel);
            if (strings.Count == 0)
            {
                return [.. networks.OrderByDescending(network => network.Rssi ?? int.MinValue)];
            }

            networks.Add(strings.Count >= 3 ? Network(strings) : throw Unsound());
        }
    }

    /// <summary>Sends the credentials, and waits until the device has joined the network.</summary>
    /// <returns>The page where it wants to be set up further; null when it names none.</returns>
    /// <exception cref="ImprovException">It cannot join, refuses, or does not answer in time.</exception>
    public string? SendWifi(WifiNetwork network, TimeSpan patience, CancellationToken cancel = default)
    {
        byte[] data = [.. ImprovPacket.Prefixed(network.Ssid), .. ImprovPacket.Prefixed(network.Password ?? "")];
        IReadOnlyList<string> strings = Ask(ImprovPacket.Of(ImprovCommand.SendWifi, data), ImprovCommand.SendWifi, patience, cancel);
        return strings is [{ Length: > 0 } page, ..] ? page : null;
    }

    private static ImprovNetwork Network(IReadOnlyList<string> strings) => new(
        strings[0],
        int.TryParse(strings[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int rssi) ? rssi : null,
        strings[2] != "NO");

    private IReadOnlyList<string> Ask(ImprovPacket question, ImprovCommand command, TimeSpan patience, CancellationToken cancel)
    {
        Send(question);
        return Await(command, patience, cancel);
    }

    // Its result, or an error; a state tells only that it is at work.
    private IReadOnlyList<string> Await(ImprovCommand command, TimeSpan patience, CancellationToken cancel)
    {
        ImprovPacket packet = Receive(p => IsAnswer(p, command), patience, cancel)
            ?? throw new ImprovException($"{port.Path}: the device does not answer");
        if (packet.Type == ImprovPacketType.ErrorState)
        {
            var error = (ImprovError)packet.Data[0];
            throw new ImprovException($"{port.Path}: {Words(error)}", error);
        }

        return packet.Strings() ?? throw Unsound();
    }

    private static bool IsAnswer(ImprovPacket packet, ImprovCommand command) => packet switch
    {
        { Type: ImprovPacketType.ErrorState, Data: [not (byte)ImprovError.None] } => true,
        { Type: ImprovPacketType.Result, Data: [var answered, ..] } => answered == (byte)command,
        _ => false,
    };

    private static string Words(ImprovError error) => error switch
    {
        ImprovError.InvalidPacket => "the device calls the packet malformed",
        ImprovError.UnknownCommand => "the device does not know this command",
        ImprovError.UnableToConnect => "the device cannot join the network: wrong password, out of reach, or on a band it does not have",
        ImprovError.BadHostname => "the device does not take the host name",
        _ => $"the device reports error {(byte)error}",
    };

    private ImprovException Unsound() => new($"{port.Path}: the device's answer is not sound");

    private void Send(ImprovPacket packet)
    {
        // What came before the question is no answer to it.
        _packets.Clear();
        port.Write(packet.Encode(), _writeTime);
    }

    private ImprovPacket? Receive(Func<ImprovPacket, bool> isWanted, TimeSpan patience, CancellationToken cancel)
    {
        Span<byte> buffer = stackalloc byte[256];
        for (var watch = Stopwatch.StartNew(); ;)
        {
            while (_packets.TryDequeue(out ImprovPacket? packet))
            {
                if (isWanted(packet))
                {
                    return packet;
                }
            }

            cancel.ThrowIfCancellationRequested();
            TimeSpan left = patience - watch.Elapsed;
            if (left <= TimeSpan.Zero)
            {
                return null;
            }

            foreach (ImprovPacket packet in _reader.Take(buffer[..port.Read(buffer, left < _look ? left : _look)]))
            {
                _packets.Enqueue(packet);
            }
        }
    }
}
