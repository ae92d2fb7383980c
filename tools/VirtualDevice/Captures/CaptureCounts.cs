namespace GatewayAgent.VirtualDevice.Captures;

/// <summary>What became of the packets of a capture.</summary>
public sealed record CaptureCounts
{
    /// <summary>Packets read.</summary>
    public long Packets { get; internal set; }

    /// <summary>Frames offered to the radio core.</summary>
    public long Frames { get; internal set; }

    /// <summary>Packets in which no frame could be found.</summary>
    public long Undecodable { get; internal set; }

    /// <summary>Frames offered of which only a part was captured.</summary>
    public long Truncated { get; internal set; }

    /// <summary>Packets dated before those heard already, and that by more than the sorter mends; they were heard at the time reached.</summary>
    public long TimeStepsBack { get; internal set; }
}
