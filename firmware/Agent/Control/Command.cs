namespace GatewayAgent.Control;

/// <summary>One command as it was read. One instance is filled again and again.</summary>
public sealed class Command
{
    /// <summary>1–36 of A–Z a–z 0–9 . _ -; empty when it could not be read.</summary>
    public string Id;

    /// <summary>Name of the command as it came; empty when it could not be read.</summary>
    public string Name;

    public CommandKind Kind;

    /// <summary>Unix seconds after which it must not run.</summary>
    public uint Expires;

    /// <summary>Of <see cref="CommandKind.Placement"/>.</summary>
    public bool On;

    /// <summary>Of <see cref="CommandKind.Locate"/>.</summary>
    public int Seconds;

    /// <summary>Field and what is wrong with it; null when nothing is.</summary>
    public string Reason;

    /// <summary>Sets every field to unknown.</summary>
    public void Clear()
    {
        Id = string.Empty;
        Name = string.Empty;
        Kind = CommandKind.Unknown;
        Expires = 0;
        On = false;
        Seconds = 0;
        Reason = null;
    }
}
