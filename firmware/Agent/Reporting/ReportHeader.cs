namespace GatewayAgent.Reporting;

/// <summary>What identifies a report and goes with it, beside the measurements of its window.</summary>
public sealed class ReportHeader
{
    public uint BootId;

    /// <summary>From 1 within the boot; the last one when reports were merged.</summary>
    public uint Sequence;

    /// <summary>Further reports that were merged into this one.</summary>
    public uint Merged;

    /// <summary>Length of the window, seconds.</summary>
    public uint SpanSeconds;

    /// <summary>Unix seconds of the boot, 0 = unknown.</summary>
    public uint BootTime;

    /// <summary>The node's health was looked at. Only a merged report can be without.</summary>
    public bool HasHealth = true;

    /// <summary><c>ResetCause</c> of agent.proto.</summary>
    public uint ResetCause;

    /// <summary>Payload bytes handed to MQTT since the last report.</summary>
    public uint SentBytes;

    /// <summary>Threads that were started again since the last report.</summary>
    public uint ThreadRestarts;

    /// <summary>Losses of this boot.</summary>
    public readonly Losses Losses = new Losses();
}
