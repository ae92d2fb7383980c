using System.Text.RegularExpressions;
using static GatewayAgent.Doctor.Log.LineBook;

namespace GatewayAgent.Doctor.Log;

/// <summary>What nanoFramework's runtime says (nf-interpreter a3e8139a1: CLRStartup.cpp, TypeSystem.cpp).</summary>
internal static class RuntimeLines
{
    private const string Pair = "image and packages do not belong together: flash the pair of hardware/images.lock.json, ./gw flash";

    public static IEnumerable<(Regex Form, Func<Match, LineMeaning> Meaning)> Rules =>
    [
        Rule(@"Invalid native checksum: (?<name>\S+) (?<managed>0x[0-9A-Fa-f]+)!=(?<native>0x[0-9A-Fa-f]+)", match => new LineMeaning(
            LineLevel.Error,
            Stage.Image,
            $"the agent's {match.Groups["name"].Value} was made for another image (it wants {match.Groups["managed"].Value}, the image has {match.Groups["native"].Value})",
            Pair)),
        Rule("Firmware version does not match managed code version", LineLevel.Error, Stage.Image, "the agent was made for another image", Pair),
        Rule(@"needs assembly '(?<name>[^']+)' \((?<version>[0-9.]+)\)", match => new LineMeaning(
            LineLevel.Error, Stage.Image, $"the assembly {match.Groups["name"].Value} {match.Groups["version"].Value} is missing on the board", Pair)),
        Rule("Link failure: some assembly references cannot be resolved", LineLevel.Error, Stage.Image, "assemblies are missing on the board", Pair),
        Rule("Cannot find any entrypoint", LineLevel.Error, Stage.Image, "there is a runtime, but no agent on it", "./gw flash"),
        Rule("failed to initialize DEPLOYMENT storage", LineLevel.Error, Stage.Flash, "the part of the flash that holds the agent cannot be read", "./gw flash"),
        Rule(@"^\s*\+{4} Exception (?<type>\S+)", match => new LineMeaning(
            LineLevel.Warning, Stage.Running, $"{match.Groups["type"].Value} was thrown; the agent catches most")),
        Rule("^Starting\\.\\.\\.", _ => LineMeaning.Info(Stage.Image, "the runtime starts the agent")),
        Rule("^(Created EE|Started Hardware|Create Type System|Loading Deployment Assemblies|Resolving|Ready)\\.", _ => LineMeaning.Info(Stage.Image, "the runtime starts")),
        Rule("^(Exiting|Done)\\.", LineLevel.Error, Stage.Running, "the agent has ended, which it never should", "keep the lines before it, and report them"),
    ];
}
