using System.Text.Json;
using System.Text.Json.Serialization;
using GatewayAgent.Hardware.Boards;

namespace GatewayAgent.Doctor.Factory;

/// <summary>From … to …, both included.</summary>
public sealed record Span(int Least, int Most)
{
    public bool Holds(int value) => value >= Least && value <= Most;

    public override string ToString() => $"{Least} … {Most}";
}

/// <summary>An access point that every node of a line hears, on its channel.</summary>
public sealed record ReferenceAp(int Channel, Span RssiDbm);

/// <summary>What a node of one kind must measure. What is null is not tested.</summary>
public sealed record FactoryLimits
{
    private static readonly JsonSerializerOptions _options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Which kind of board, for the record.</summary>
    public string? Board { get; init; }

    /// <summary>ABI of the native radio; 0 = a stock image.</summary>
    public uint? RadioAbi { get; init; }

    /// <summary>What its radio can: bits of <c>State.capabilities</c> in agent.proto, all of which must be there.</summary>
    public uint? Capabilities { get; init; }

    /// <summary>Median of the node's uplink.</summary>
    public Span? LinkRssiDbm { get; init; }

    /// <summary>Strongest beacon on this channel; needs a native radio.</summary>
    public ReferenceAp? Reference { get; init; }

    /// <summary>Least free memory.</summary>
    public uint? ManagedFreeKib { get; init; }

    public uint? NativeFreeKib { get; init; }

    /// <summary>What it has that a person sees or presses.</summary>
    public bool? Light { get; init; }

    public bool? Button { get; init; }

    public bool? Display { get; init; }

    /// <summary>What hardware/ says of a board. The radio's ABI is the image's, and a reference is the line's: both are null.</summary>
    public static FactoryLimits Of(Board board) => new()
    {
        Board = board.Id,
        LinkRssiDbm = new Span(board.Factory.LinkRssiDbm.Least, board.Factory.LinkRssiDbm.Most),
        ManagedFreeKib = (uint)board.Factory.ManagedFreeKib,
        NativeFreeKib = (uint)board.Factory.NativeFreeKib,
        Light = board.Pins.Light?.OnBoard ?? false,
        Button = board.Pins.Button?.OnBoard ?? false,
        Display = board.Pins.Display?.OnBoard ?? false,
    };

    /// <summary>These limits, and where they name none, those of a board.</summary>
    public FactoryLimits Over(FactoryLimits board) => new()
    {
        Board = Board ?? board.Board,
        RadioAbi = RadioAbi ?? board.RadioAbi,
        Capabilities = Capabilities ?? board.Capabilities,
        LinkRssiDbm = LinkRssiDbm ?? board.LinkRssiDbm,
        Reference = Reference ?? board.Reference,
        ManagedFreeKib = ManagedFreeKib ?? board.ManagedFreeKib,
        NativeFreeKib = NativeFreeKib ?? board.NativeFreeKib,
        Light = Light ?? board.Light,
        Button = Button ?? board.Button,
        Display = Display ?? board.Display,
    };

    /// <summary>Reads a limits file.</summary>
    /// <returns>The limits, or what is wrong with the file.</returns>
    public static (FactoryLimits? Limits, string? Problem) Parse(string text)
    {
        try
        {
            FactoryLimits? limits = JsonSerializer.Deserialize<FactoryLimits>(text, _options);
            return limits == null ? (null, "is no JSON object") : limits.Problem() is { } problem ? (null, problem) : (limits, null);
        }
        catch (JsonException e)
        {
            return (null, $"{e.Path}: cannot be used ({e.Message})");
        }
    }

    private string? Problem() =>
        LinkRssiDbm is { } link && link.Least > link.Most ? $"linkRssiDbm: least {link.Least} is more than most {link.Most}"
        : Reference is { RssiDbm: { } rssi } && rssi.Least > rssi.Most ? $"reference.rssiDbm: least {rssi.Least} is more than most {rssi.Most}"
        : Reference is { RssiDbm: null } ? "reference.rssiDbm: is missing"
        : Capabilities != null && RadioAbi == null ? "capabilities: go with radioAbi, and it is missing"
        : Reference is { Channel: < 1 or > 177 } ? $"reference.channel: {Reference.Channel} is not within 1–177"
        : Reference != null && RadioAbi == 0 ? "reference: a stock image (radioAbi 0) tells no channels"
        : null;
}
