using System.CommandLine;
using GatewayAgent.Protocol;

namespace GatewayAgent.Gw.Commands;

/// <summary><c>decode</c>: one report payload as text or JSON.</summary>
internal static class DecodeCommand
{
    /// <summary>A payload has at most 512 bytes; as hex with separators, and by mistake of somebody, a few thousand.</summary>
    private const int MaxInput = 64 * 1024;

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "Payload of a report: bytes, or their hex or Base64 text; - reads standard input" };
        var json = new Option<bool>("--json") { Description = "One JSON object instead of text" };
        var command = new GwCommand("decode", "Shows one report as a node sent it.")
        {
            Details = "A payload that is not sound is shown as far as it can be read, with the reasons.",
            Examples =
            [
                "./gw decode report.bin",
                "./gw decode report.bin --json",
                "mosquitto_sub -h HOST -t 'gw/v1/+/+/report' -C 1 -N | ./gw decode -",
            ],
        };
        command.Add(file);
        command.Add(json);
        command.SetAction(typed => Run(typed.GetRequiredValue(file), typed.GetValue(json)));
        return command;
    }

    private static int Run(string file, bool json)
    {
        ReportReading reading = PayloadReader.ReadReport(PayloadText.Decode(Read(file)));
        Console.Out.WriteLine((json ? ReportJson.Write(reading) : ReportText.Write(reading)).TrimEnd('\n'));
        if (reading.IsSound)
        {
            return ExitCode.Ok;
        }

        Console.Error.WriteLine($"gw: {file}: not a sound report: {reading.Reason}");
        return ExitCode.Problem;
    }

    private static byte[] Read(string file)
    {
        using Stream input = file == "-" ? Console.OpenStandardInput() : InputFile.Open(file);
        var bytes = new byte[MaxInput + 1];
        int length = input.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length switch
        {
            0 => throw GwException.Usage($"{file}: empty. A report payload is expected, as bytes, hex or Base64"),
            > MaxInput => throw GwException.Usage($"{file}: more than {MaxInput} bytes. A report payload has at most {PayloadReader.MaxBytes}"),
            _ => bytes[..length],
        };
    }
}
