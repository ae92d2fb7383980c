using System.CommandLine;
using GatewayAgent.Doctor.Log;
using GatewayAgent.Provisioning.Serial;

namespace GatewayAgent.Gw.Commands;

/// <summary><c>monitor</c>: what a board says on its cable, explained.</summary>
internal static class MonitorCommand
{
    public static Command Create()
    {
        Option<string?> port = SerialOptions.Port("Serial port of the board, such as /dev/ttyUSB0");
        port.Required = true;
        Option<int> baud = SerialOptions.Baud();
        var restart = new Option<bool>("--restart") { Description = "Restart the board first, by the cable's control lines" };
        var raw = new Option<bool>("--raw") { Description = "Bytes as they come, and nothing is sent: the runtime's log stays off unless somebody else switches it on" };
        var command = new GwCommand("monitor", "Shows what a board says on its cable, with the time, and explains what it knows.")
        {
            Details = "The runtime of an ESP32 writes no log until a debugger asks for it: this asks, again and again, without stopping the "
                + "program. Lines of the chip's own boot code come at 115200 baud and look like noise at another speed. When the cable is "
                + "pulled out, it waits for the port to come back. Ends with Ctrl-C. What has met a real board: hardware/validation.md.",
            Examples = ["./gw monitor --port /dev/ttyUSB0", "./gw monitor --port /dev/ttyACM0 --restart", "./gw monitor --port /dev/ttyUSB0 --baud 115200 --raw > boot.txt"],
        };
        foreach (Option option in (Option[])[port, baud, restart, raw])
        {
            command.Add(option);
        }

        command.SetAction(typed => Run(typed.GetRequiredValue(port)!, typed.GetValue(baud), typed.GetValue(restart), typed.GetValue(raw)));
        return command;
    }

    private static int Run(string port, int baud, bool isRestarted, bool isRaw)
    {
        using var stop = new StopSignal();
        using Stream output = Console.OpenStandardOutput();
        var watch = new BoardWatch(port, baud, Console.Error.WriteLine);
        try
        {
            if (isRaw)
            {
                watch.Copy(output, isRestarted, stop.Token);
            }
            else
            {
                var lines = new LogText(TimeProvider.System, hasColours: !Console.IsOutputRedirected);
                watch.Follow(line => Console.Out.WriteLine(lines.Of(line)), isRestarted, stop.Token);
            }
        }
        catch (SerialException e)
        {
            throw new GwException(ExitCode.Problem, e.Message);
        }

        return ExitCode.Ok;
    }
}
