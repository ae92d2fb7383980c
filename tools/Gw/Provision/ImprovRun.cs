using System.Globalization;
using GatewayAgent.Provisioning;
using GatewayAgent.Provisioning.Improv;
using GatewayAgent.Provisioning.Serial;

namespace GatewayAgent.Gw.Provision;

/// <summary>Talks Improv Wi-Fi to the device on a serial port.</summary>
internal sealed class ImprovRun(string path, int baud, TimeSpan patience)
{
    /// <summary>Lists the networks that the device hears.</summary>
    public int List() => Talk((client, cancel) =>
    {
        IReadOnlyList<ImprovNetwork> networks = client.Scan(patience, cancel);
        foreach (ImprovNetwork network in networks)
        {
            string level = network.Rssi is { } rssi ? string.Create(CultureInfo.InvariantCulture, $"{rssi} dBm") : "";
            Console.Out.WriteLine($"{level,8}  {(network.IsSecured ? "secured" : "open"),-7}  {Plain(network.Ssid)}");
        }

        Console.Error.WriteLine($"gw: {networks.Count} networks; join one with --ssid NAME");
    });

    /// <summary>Has the device join a network.</summary>
    public int Join(string ssid, string? password)
    {
        if (WifiNetwork.CheckSsid(ssid) is { } wrongName)
        {
            throw GwException.Usage($"--ssid: {wrongName}");
        }

        if (WifiNetwork.CheckPassword(password) is { } wrongPassword)
        {
            throw GwException.Usage($"the network's password: {wrongPassword}");
        }

        return Talk((client, cancel) =>
        {
            string? page = client.SendWifi(new WifiNetwork(ssid, password), patience, cancel);
            Console.Out.WriteLine($"{path}: the device has joined {ssid}{(page == null ? "" : $"; its page is {Plain(page)}")}");
        });
    }

    private int Talk(Action<ImprovClient, CancellationToken> talk)
    {
        using var stop = new StopSignal();
        try
        {
            using SerialPort port = SerialPort.Open(path, baud);
            var client = new ImprovClient(port);
            if (client.FindState(patience, stop.Token) == ImprovState.Stopped)
            {
                throw new ImprovException($"{path}: the device takes no credentials now: its Wi-Fi is off");
            }

            ImprovDevice device = client.AskDevice(patience, stop.Token);
            Console.Error.WriteLine($"gw: {path}: {Plain($"{device.Name}, {device.Firmware} {device.Version} on {device.Chip}")}");
            talk(client, stop.Token);
            return ExitCode.Ok;
        }
        catch (Exception fault) when (fault is SerialException or ImprovException)
        {
            throw new GwException(ExitCode.Problem, fault.Message);
        }
    }

    // A neighbour names its network as it likes: nothing of that is for the terminal to obey.
    private static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c));
}
