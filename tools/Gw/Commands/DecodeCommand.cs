using System.CommandLine;
using GatewayAgent.Protocol;

namespace GatewayAgent.Gw.Commands;

/// <summary><c>decode</c>: one payload of a report or an event as text or JSON.</summary>
internal static class DecodeCommand
{
    /// <summary>A payload has at most 512 bytes; as hex with separators, and by mistake of somebody, a few thousand.</summary>
    private const int MaxInput = 64 * 1024;

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "Payload: bytes, or their hex or Base64 text; - reads standard input" };
        var json = new Option<bool>("--json") { Description = "One JSON object instead of text" };
        var isEvent = new Option<bool>("--event") { Description = "The payload is an event: something that got worse, or is back" };
        var command = new GwCommand("decode", "Shows one report, or one event, as a node sent it.")
        {
            Details = "A payload that is not sound is shown as far as it can be read, with the reasons.",
            Examples =
            [
                "./gw decode report.bin",
                "./gw decode report.bin --json",
                "mosquitto_sub -h HOST -t 'gw/v1/+/+/report' -C 1 -N | ./gw decode -",
                "mosquitto_sub -h HOST -t 'gw/v1/+/+/event' -C 1 -N | ./gw decode --event -",
            ],
        };
        command.Add(file);
        command.Add(json);
        command.Add(isEvent);
        command.SetAction(typed => typed.GetValue(isEvent)
            ? ShowEvent(typed.GetRequiredValue(file), typed.GetValue(json))
            : ShowReport(typed.GetRequiredValue(file), typed.GetValue(json)));
        return command;
    }

    private static int ShowReport(string file, bool json)
    {
        ReportReading reading = PayloadReader.ReadReport(PayloadText.Decode(Read(file)));
        return Show(file, "report", json ? ReportJson.Write(reading) : ReportText.Write(reading), reading.IsSound ? null : reading.Reason);
    }

    private static int ShowEvent(string file, bool json)
    {
        Reading<Event> reading = PayloadReader.ReadEvent(PayloadText.Decode(Read(file)));
        return Show(file, "event", json ? EventJson.Write(reading) : EventText.Write(reading), reading.IsSound ? null : reading.Reason);
    }

    private static int Show(string file, string what, string text, string? problem)
    {
        Console.Out.WriteLine(text.TrimEnd('\n'));
        if (problem == null)
        {
            return ExitCode.Ok;
        }

        Console.Error.WriteLine($"gw: {file}: not a sound {what}: {problem}");
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
