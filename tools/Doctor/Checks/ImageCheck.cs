using GatewayAgent.Doctor.Log;
using GatewayAgent.Hardware.Images;
using GatewayAgent.Hardware.Tools;

namespace GatewayAgent.Doctor.Checks;

/// <summary>Runtime and agent are on the board, and are those of hardware/images.lock.json.</summary>
internal sealed class ImageCheck() : LogCheck("image", Stage.Image)
{
    private const string Known = "nanoff --devicedetails, against hardware/images.lock.json", Flash = "flash image and agent that belong together: ./gw flash";

    protected override Verdict JudgeRest(Evidence evidence) => evidence.Image switch
    {
        { Runtime: { } runtime } => OfRuntime(runtime, ImagesLock.BuiltIn),
        _ when evidence.Board?.Lines.Any(line => line.Meaning is { Stage: Stage.Running, Level: LineLevel.Info }) == true => Verdict.Fine("the runtime has loaded the agent"),
        { Missing: true } => Verdict.Unknown(NanoffTool.HowToInstall),
        { Problem: { } problem } => Verdict.Unknown(problem),
        _ => Verdict.Unknown(NoLog(evidence)),
    };

    private static Verdict OfRuntime(RuntimeDetails runtime, ImagesLock pinned)
    {
        string name = $"{runtime.Target} {runtime.Version}";
        LockedImage? image = pinned.Images.FirstOrDefault(one => one.Target == runtime.Target);
        return image == null ? Verdict.Wrong($"the image {name} is none of ours", Known, $"there are {string.Join(", ", pinned.Images.Select(one => one.Target))}: ./gw flash")
            : !image.Allows(runtime.Version) ? Verdict.Wrong($"the image is {name}, and {image.Version} is wanted", Known, Flash)
            : runtime.Natives.FirstOrDefault(native => Differs(native, pinned)) is { } other ? Verdict.Wrong($"the image {name} has another {other.Name} than the agent wants", $"check sum 0x{other.Checksum:X8}: {Known}", Flash)
            : Missing(runtime, pinned) is { } missing ? Verdict.Wrong($"the agent is not on the board whole: {missing} is missing", Known, Flash)
            : Verdict.Fine($"{name}, with the agent {runtime.Assemblies["GatewayAgent.App"]}");
    }

    private static bool Differs(NativeAssembly native, ImagesLock pinned) =>
        pinned.Assemblies.TryGetValue(native.Name, out (LockedAssembly Assembly, string? Version) known) && known.Assembly.Checksum is { } sum && sum != native.Checksum;

    private static string? Missing(RuntimeDetails runtime, ImagesLock pinned) =>
        pinned.Agent.Where(one => !one.Optional).Select(one => one.Name).FirstOrDefault(name => !runtime.Assemblies.ContainsKey(name));
}
