namespace GatewayAgent.Control;

/// <summary>One command as it was read. One instance is filled again and again.</summary>
public sealed class Command
{
    /// <summary>1–36 of A–Z a–z 0–9 . _ -; empty when it could not be read.</summary>
    public string Id { get; set; }

    /// <summary>Name of the command as it came; empty when it could not be read.</summary>
    public string Name { get; set; }

    public CommandKind Kind { get; set; }

    /// <summary>Unix seconds after which it must not run.</summary>
    public uint Expires { get; set; }

    /// <summary>Of <see cref="CommandKind.Placement"/>.</summary>
    public bool On { get; set; }

    /// <summary>Of <see cref="CommandKind.Locate"/>.</summary>
    public int Seconds { get; set; }

    /// <summary>Field and what is wrong with it; null when nothing is.</summary>
    public string Reason { get; set; }

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
