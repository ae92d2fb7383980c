using System.Text.Json;
using System.Text.Json.Serialization;

namespace GatewayAgent.Hardware.Flashing;

/// <summary>How far a board's flashing has come, in a file beside its backup. Written after each step, so that whatever ends the program, the next run goes on.</summary>
public sealed class FlashState
{
    public const string FileName = "flash-state.json";

    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    /// <summary>SHA-256 of what is flashed, and onto which board: another fingerprint is another job.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Steps that were done.</summary>
    public HashSet<FlashStep> Done { get; init; } = [];

    /// <summary>Writing steps that have begun, of this job.</summary>
    public HashSet<FlashStep> Begun { get; init; } = [];

    /// <summary>Something was, or may have been, written: by this job, or by an unfinished one before it.</summary>
    public bool IsBegun { get; set; }

    /// <summary>Somebody said yes.</summary>
    public bool IsConfirmed { get; set; }

    /// <summary>Decided once, when the board was looked at as it came.</summary>
    public bool Erase { get; set; }

    /// <summary>File name of the backup of the board as it came.</summary>
    public string? Backup { get; set; }

    /// <summary>Version of the image that was chosen.</summary>
    public string? Version { get; set; }

    /// <summary>Node whose <see cref="BootBefore"/> is known; null = none.</summary>
    public string? Awaited { get; set; }

    /// <summary>Boot that the broker knew of before; null = none.</summary>
    public uint? BootBefore { get; set; }

    [JsonIgnore]
    public bool IsFinished => Done.Contains(FlashStep.AgentCheck) && Done.Contains(FlashStep.Online);

    /// <summary>The state in a folder; null when there is none, or none that this program can read.</summary>
    public static FlashState? Read(string folder)
    {
        string file = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<FlashState>(File.ReadAllText(file), _json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Replaces the file in one go, also when the power goes.</summary>
    public void Write(string folder)
    {
        string file = Path.Combine(folder, FileName);
        using (var stream = new FileStream(file + ".new", FileMode.Create))
        {
            JsonSerializer.Serialize(stream, this, _json);
            stream.Flush(flushToDisk: true);
        }

        File.Move(file + ".new", file, overwrite: true);
    }
}
