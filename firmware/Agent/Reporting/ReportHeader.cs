namespace GatewayAgent.Reporting;

/// <summary>What identifies a report and goes with it, beside the measurements of its window.</summary>
public sealed class ReportHeader
{
    public uint BootId;

    /// <summary>From 1 within the boot.</summary>
    public uint Sequence;

    /// <summary>Length of the window, seconds.</summary>
    public uint SpanSeconds;

    /// <summary>Unix seconds of the boot, 0 = unknown.</summary>
    public uint BootTime;

    /// <summary>Reports before this one that still wait in the outbox.</summary>
    public uint Backlog;

    /// <summary><c>ResetCause</c> of agent.proto.</summary>
    public uint ResetCause;

    /// <summary>Payload bytes handed to MQTT since the last report.</summary>
    public uint SentBytes;

    /// <summary>Losses of this boot.</summary>
    public readonly Losses Losses = new Losses();
}
