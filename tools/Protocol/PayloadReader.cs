using Google.Protobuf;

namespace GatewayAgent.Protocol;

/// <summary>Reads payloads of nodes. Whatever the bytes are, nothing is thrown: what is wrong stands in the reading.</summary>
public static class PayloadReader
{
    /// <summary>Longest payload of a node, bytes.</summary>
    public const int MaxBytes = 512;

    /// <summary>Reads and checks a report.</summary>
    public static ReportReading ReadReport(ReadOnlySpan<byte> payload)
    {
        Reading<Report> parsed = Parse(payload, Report.Parser);
        return parsed.Message == null
            ? new ReportReading(null, [], parsed.Problems, KeyIsSound: false)
            : ReportValidator.Check(parsed.Message);
    }

    /// <summary>Reads and checks an event.</summary>
    public static Reading<Event> ReadEvent(ReadOnlySpan<byte> payload)
    {
        Reading<Event> parsed = Parse(payload, Event.Parser);
        return parsed.Message == null ? parsed : parsed with { Problems = EventValidator.Check(parsed.Message) };
    }

    /// <summary>Reads a birth or a will.</summary>
    public static Reading<State> ReadState(ReadOnlySpan<byte> payload) => Parse(payload, State.Parser);

    private static Reading<T> Parse<T>(ReadOnlySpan<byte> payload, MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        if (payload.Length > MaxBytes)
        {
            return Unreadable<T>(payload, $"more than {MaxBytes} bytes");
        }

        try
        {
            return new Reading<T>(parser.ParseFrom(payload), []);
        }
        catch (InvalidProtocolBufferException e)
        {
            return Unreadable<T>(payload, $"no {typeof(T).Name}: {e.Message}");
        }
    }

    private static Reading<T> Unreadable<T>(ReadOnlySpan<byte> payload, string reason)
        where T : class, IMessage<T> => new(null, [new Problem("payload", $"of {payload.Length} bytes", reason)]);
}
