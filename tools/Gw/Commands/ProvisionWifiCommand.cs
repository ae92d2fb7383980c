using System.CommandLine;
using GatewayAgent.Gw.Provision;
using GatewayAgent.Provisioning.Serial;

namespace GatewayAgent.Gw.Commands;

/// <summary><c>provision wifi</c>: Wi-Fi credentials over a serial port, by the Improv standard.</summary>
internal static class ProvisionWifiCommand
{
    private const int MostSeconds = 600;

    public static Command Create()
    {
        var port = new Option<string>("--port") { Description = "Serial port of the device", HelpName = "PATH", Required = true };
        Option<int> baud = CommonOptions.Number("--baud", "Speed, bits a second", SerialPort.Speeds.Min(), SerialPort.Speeds.Max(), SerialPort.StandardBaud);
        var ssid = new Option<string?>("--ssid") { Description = "Network to join [default: list what the device hears]", HelpName = "NAME" };
        var password = new WifiPasswordOption();
        Option<int> patience = CommonOptions.Number("--patience", "Seconds to wait for the device to answer, and again to join", 1, MostSeconds, 30);
        var command = new GwCommand("wifi", "Gives a device its Wi-Fi over a serial port, by the Improv Wi-Fi standard.")
        {
            Details = "For firmware that speaks Improv Wi-Fi (https://www.improv-wifi.com/serial). The agent on a stock nanoFramework image does not: its "
                + "runtime keeps the serial port, so use network.json of a kit there. docs/provisioning.md says more.",
            Examples =
            [
                "./gw provision wifi --port /dev/ttyUSB0",
                "./gw provision wifi --port /dev/ttyUSB0 --ssid Home",
                "./gw provision wifi --port /dev/ttyACM0 --ssid Home --wifi-password-file wifi.txt",
            ],
        };
        foreach (Option option in (Option[])[port, baud, ssid, .. password.Options, patience])
        {
            command.Add(option);
        }

        command.SetAction(typed =>
        {
            var seconds = TimeSpan.FromSeconds(typed.GetValue(patience));
            var run = new ImprovRun(typed.GetRequiredValue(port), typed.GetValue(baud), seconds);
            return typed.GetValue(ssid) is { } name ? run.Join(name, password.Read(typed, asks: true)) : run.List();
        });
        return command;
    }
}
