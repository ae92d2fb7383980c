using System.Text.RegularExpressions;

namespace GatewayAgent.Hardware.Tools;

/// <summary>
/// What nanoff's exit codes mean. They are numbers such as 4003, of which a Unix process keeps the low eight bits: no two of them share
/// these, so that the code is known either way.
/// </summary>
public static partial class NanoffErrors
{
    /// <summary>Codes an ESP32 can bring about, with what they mean and what to do.</summary>
    private static readonly Dictionary<int, string> _meanings = new()
    {
        [2000] = "the runtime on the board does not answer: reset the board, and see that no other program has the port",
        [2001] = "the runtime on the board does not answer: reset the board, and see that no other program has the port",
        [2002] = "the runtime on the board refused: reset the board and try again",
        [2003] = "a file or the network's settings could not be put on the board",
        [4000] = "the chip's boot loader did not answer: bring the board into download mode by hand",
        [4001] = "there is no image for this size of flash",
        [4002] = "the flash could not be erased",
        [4003] = "the flash could not be written: a bad cable or too little power is the usual cause",
        [4004] = "the flash could not be read",
        [4005] = "the port cannot be opened",
        [6000] = PortClosed,
        [6001] = "no port was named",
        [6002] = "another program of nanoFramework has the port",
        [7000] = "nanoff does not know this device",
        [9000] = "nanoff does not take these options: update it (dotnet tool update -g nanoff)",
        [9002] = "the folder for the backup cannot be made",
        [9003] = "an old backup is in the way",
        [9004] = "the backup has no folder",
        [9005] = "the repository shows no such image or version (nanoff looks through those of the past month)",
        [9006] = "the folder for images cannot be made",
        [9007] = "the image cannot be downloaded: is this machine online?",
        [9008] = "the agent's image is not there",
        [9009] = "the address is not one",
        [9010] = "no device was found",
        [9011] = "the runtime's file is not there",
        [9012] = "the runtime's file is no .bin",
        [9013] = "nanoff does not know this platform",
        [9014] = "the cache cannot be cleared",
        [9015] = "the folder of images has no such image",
    };

    private const string PortClosed = "the port cannot be opened: it is not there, or another program has it, or this user may not use it";

    /// <summary>Whatever nanoff trips over while it talks to a chip is E4000: its words tell more than the code.</summary>
    private static readonly (string Words, string Meaning)[] _moreOf4000 =
    [
        ("Unable to open serial port", PortClosed),
        ("No space left on device", "this machine's disk is full"),
        ("not enough space on the disk", "this machine's disk is full"),
        ("Central Directory", "the image in nanoff's own cache is not whole: delete .nanoFramework/fw_cache in your home"),
    ];

    public static IReadOnlyCollection<int> Codes => _meanings.Keys;

    /// <summary>The code of a result, 0 = it went well, or the process's own exit code when it is none of nanoff's.</summary>
    public static int CodeOf(ToolResult result) =>
        result.ExitCode == 0 ? 0 : _meanings.Keys.FirstOrDefault(code => code == result.ExitCode || (code & 0xFF) == result.ExitCode, result.ExitCode);

    /// <summary>In one line: what it means, and what nanoff said itself.</summary>
    public static string Explain(ToolResult result)
    {
        int code = CodeOf(result);
        string? own = result.Lines.Select(line => OwnWords().Match(line)).LastOrDefault(match => match.Success)?.Groups["words"].Value;
        if (!_meanings.TryGetValue(code, out string? meaning))
        {
            // It fell over before it could say a code of its own.
            own ??= result.Lines.FirstOrDefault(line => line.StartsWith("Unhandled exception", StringComparison.Ordinal)) ?? result.Lines.LastOrDefault(line => line.Trim().Length > 0);
            return Told($"nanoff ended with exit code {result.ExitCode}", own);
        }

        if (code == 4000 && own != null)
        {
            meaning = _moreOf4000.FirstOrDefault(more => own.Contains(more.Words, StringComparison.Ordinal)).Meaning ?? meaning;
        }

        return Told($"E{code}: {meaning}", own);
    }

    private static string Told(string meaning, string? own) => string.IsNullOrEmpty(own) ? meaning : $"{meaning} (nanoff: {own})";

    [GeneratedRegex("Error E[0-9]{4}: (?<words>.+)$")]
    private static partial Regex OwnWords();
}
