using System.Text.RegularExpressions;
using static GatewayAgent.Doctor.Log.LineBook;

namespace GatewayAgent.Doctor.Log;

/// <summary>What an ESP32 says before and below the runtime (esp-idf: rom/rtc.h of each chip, docs/en/api-guides/fatal-errors.rst).</summary>
internal static class ChipLines
{
    private const string Power = "give it a supply of 500 mA or more and a short cable, and look for a short circuit on what is wired to it";
    private const string FlashAgain = "flash it: ./gw flash (docs/troubleshooting.md says what else can be behind it)";

    public static IEnumerable<(Regex Form, Func<Match, LineMeaning> Meaning)> Rules =>
    [
        Rule(@"rst:0x(?<code>[0-9a-f]+) \((?<name>[A-Z0-9_]+)\),boot:0x[0-9a-f]+ \((?<mode>[^)]*)", Reset),
        Rule("^waiting for download", LineLevel.Error, Stage.Board, "the chip is in download mode and runs no program", "release BOOT (GPIO 0 or 9) and press RESET"),
        Rule("invalid header: 0x", LineLevel.Error, Stage.Image, "there is no program in flash where the chip looks for it", FlashAgain),
        Rule("flash read err", LineLevel.Error, Stage.Board, "the chip cannot read its flash", "check what is wired to the flash's pins, and the board"),
        Rule("No bootable app partitions|invalid magic byte", LineLevel.Error, Stage.Image, "the boot loader finds no runtime", FlashAgain),
        Rule("Brownout detector was triggered", LineLevel.Error, Stage.Board, "the supply voltage broke down", Power),
        Rule(@"Guru Meditation Error: Core\s+(?<core>\d) panic'ed \((?<cause>[^)]*)\)", match => Panic(match.Groups["cause"].Value)),
        Rule(@"^abort\(\) was called", LineLevel.Error, Stage.Running, "the runtime ended itself", Report),
        Rule("^assert failed|^assertion ", LineLevel.Error, Stage.Running, "the runtime found itself in a state that must not be", Report),
        Rule("CORRUPT HEAP", LineLevel.Error, Stage.Running, "something wrote where it must not: the native heap is damaged", Report),
        Rule("stack overflow in task", LineLevel.Error, Stage.Running, "a task of the runtime ran out of stack", Report),
        Rule("Task watchdog got triggered", LineLevel.Error, Stage.Running, "a task held the processor for too long", Report),
        Rule("^Backtrace:", LineLevel.Info, Stage.Running, "where it was: addr2line with the image's ELF file makes lines of source of it"),
        Rule("^Rebooting\\.\\.\\.", _ => LineMeaning.Info(Stage.Board, "the board restarts")),
        Rule("^ESP-ROM:|^ets [A-Z][a-z]{2} ", _ => LineMeaning.Info(Stage.Board, "the chip starts")),
        Rule("^\\[\\d+ bytes that are no text\\]$", _ => LineMeaning.Info(
            Stage.Board, "sent at another speed: the chip's boot code speaks 115200 baud, so the board has probably started anew") with { IsReset = true }),
    ];

    private const string Report = "keep the lines around it, and report them with the image's name and version";

    private static LineMeaning Reset(Match match)
    {
        string name = match.Groups["name"].Value;
        if (match.Groups["mode"].Value.StartsWith("DOWNLOAD", StringComparison.Ordinal))
        {
            return new(LineLevel.Error, Stage.Board, "the chip has started in download mode and runs no program", "release BOOT (GPIO 0 or 9) and press RESET") { IsReset = true };
        }

        return Cause(name) with { IsReset = true };
    }

    // Names differ a little from chip to chip.
    private static LineMeaning Cause(string name) => name switch
    {
        _ when Has(name, "BROWN_OUT") => new(LineLevel.Error, Stage.Board, "started anew: the supply voltage broke down", Power),
        _ when Has(name, "GLITCH") => new(LineLevel.Error, Stage.Board, "started anew: a disturbance on the supply", Power),
        _ when Has(name, "WDT") => new(LineLevel.Warning, Stage.Running, "started anew: a watchdog, the program hung"),
        _ when Has(name, "EFUSE") => new(LineLevel.Error, Stage.Board, "started anew: an error in its fuses", "replace the module"),
        _ when Has(name, "POWERON") => LineMeaning.Info(Stage.Board, "started: power came or RESET was pressed"),
        _ when Has(name, "DEEPSLEEP") || Has(name, "DSLEEP") => LineMeaning.Info(Stage.Board, "started from deep sleep"),
        _ when Has(name, "USB") || Has(name, "JTAG") => LineMeaning.Info(Stage.Board, "started anew: asked for over USB"),
        _ when Has(name, "SW") => LineMeaning.Info(Stage.Board, "started anew: the program asked for it, or it panicked"),
        _ => LineMeaning.Info(Stage.Board, "started"),
    };

    private static bool Has(string name, string part) => name.Contains(part, StringComparison.Ordinal);

    private static LineMeaning Panic(string cause) => new(
        LineLevel.Error,
        Stage.Running,
        "the native code crashed: " + cause switch
        {
            "LoadProhibited" or "StoreProhibited" or "Load access fault" or "Store access fault" => "it used an address that is not there (often: nothing where something should be)",
            "InstrFetchProhibited" or "Instruction access fault" => "it jumped to where no program is",
            "IllegalInstruction" or "Illegal instruction" => "what it ran is no program: flash damaged, or its pins in use by something else",
            "IntegerDivideByZero" => "it divided by zero",
            _ when cause.StartsWith("Interrupt wdt timeout", StringComparison.Ordinal) => "interrupts were off for too long",
            _ when cause.StartsWith("Cache", StringComparison.Ordinal) => "it used flash or PSRAM while they were switched off",
            _ when cause.StartsWith("Stack", StringComparison.Ordinal) => "a task ran out of stack",
            _ => cause,
        },
        Report);
}
