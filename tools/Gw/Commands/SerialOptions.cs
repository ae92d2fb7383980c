using System.CommandLine;
using System.Globalization;
using GatewayAgent.Doctor;
using GatewayAgent.Provisioning.Serial;

namespace GatewayAgent.Gw.Commands;

/// <summary>A board on a cable: the same options wherever a command listens to one.</summary>
internal static class SerialOptions
{
    public static Option<string?> Port(string description) => new("--port") { Description = description, HelpName = "PATH" };

    public static Option<int> Baud()
    {
        var baud = new Option<int>("--baud")
        {
            Description = "Speed of the port; nanoFramework's on an ESP32 is the default, the chip's own boot code speaks 115200",
            HelpName = "BAUD",
            DefaultValueFactory = _ => DoctorRequest.NanoFrameworkBaud,
        };
        baud.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !SerialPort.Speeds.Any(speed => speed.ToString(CultureInfo.InvariantCulture) == token.Value))
            {
                result.AddError($"--baud: '{token.Value}' is no speed of a serial port: {string.Join(", ", SerialPort.Speeds)}");
            }
        });
        return baud;
    }
}
