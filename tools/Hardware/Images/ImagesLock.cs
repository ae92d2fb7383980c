using GatewayAgent.Hardware.Boards;
using GatewayAgent.Hardware.Text;

namespace GatewayAgent.Hardware.Images;

/// <summary><c>hardware/images.lock.json</c>: the images, and the packages that run on them.</summary>
public sealed record ImagesLock(
    LockedRuntime Runtime,
    IReadOnlyList<LockedImage> Images,
    IReadOnlyList<LockedPackage> Packages,
    IReadOnlyList<LockedAssembly> Agent)
{
    private static readonly Lazy<ImagesLock> _builtIn = new(() => Read(FileName, JsonFile.Embedded(FileName)));

    private const string FileName = "hardware/images.lock.json";

    public static ImagesLock BuiltIn => _builtIn.Value;

    /// <summary>Every assembly that an agent's image may hold, by name, with the version it must have; null = the agent's own, any.</summary>
    public IReadOnlyDictionary<string, (LockedAssembly Assembly, string? Version)> Assemblies { get; } = Packages
        .SelectMany(package => package.Assemblies.Select(assembly => (assembly, (string?)package.Version)))
        .Concat(Agent.Select(assembly => (assembly, (string?)null)))
        .DistinctBy(one => one.assembly.Name)
        .ToDictionary(one => one.assembly.Name, one => (one.assembly, one.Item2));

    /// <exception cref="HardwareException">The file cannot be used; the message names field, value and reason.</exception>
    public static ImagesLock Read(string name, string text)
    {
        var read = JsonFile.Read<ImagesLock>(name, text, new JsonSchema(JsonFile.Embedded("hardware/images.lock.schema.json")));
        JsonFile.Refuse(name, [.. read.Problems()]);
        return read;
    }

    /// <exception cref="HardwareException">The lock does not know the target.</exception>
    public LockedImage Find(string target) => Images.FirstOrDefault(image => image.Target == target)
        ?? throw new HardwareException($"no image '{target}' in {FileName}; there are {string.Join(", ", Images.Select(image => image.Target))}");

    /// <summary>What is wrong between a board and this lock.</summary>
    public IEnumerable<JsonProblem> Check(Board board)
    {
        for (int i = 0; i < board.Modules.Count; i++)
        {
            LockedImage? image = Images.FirstOrDefault(image => image.Target == board.Modules[i].Image);
            if (image == null)
            {
                yield return new JsonProblem($"modules[{i}].image", board.Modules[i].Image, $"is not in {FileName}");
            }
            else if (image.Chip != board.Chip.Type)
            {
                yield return new JsonProblem($"modules[{i}].image", image.Target, $"is for {image.Chip}, not {board.Chip.Type}");
            }
        }
    }

    private IEnumerable<JsonProblem> Problems()
    {
        IEnumerable<(string Field, string Name)> names =
        [
            .. Images.Select(image => ("images", image.Target)),
            .. Packages.Select(package => ("packages", package.Id)),
            .. Packages.SelectMany(package => package.Assemblies).Concat(Agent).Select(assembly => ("assemblies", assembly.Name)),
        ];
        foreach (IGrouping<(string Field, string Name), (string, string)> same in names.GroupBy(name => name).Where(same => same.Count() > 1))
        {
            yield return new JsonProblem(same.Key.Field, same.Key.Name, "is there twice");
        }

        foreach (LockedAssembly assembly in Packages.SelectMany(package => package.Assemblies).Concat(Agent))
        {
            if ((assembly.Checksum == null) != (assembly.Evidence == null))
            {
                yield return new JsonProblem("assemblies", assembly.Name, "a checksum and its evidence: both or neither");
            }
        }
    }
}

/// <param name="Commit">Of nf-interpreter.</param>
/// <param name="Version">Its line.</param>
public sealed record LockedRuntime(string Commit, string Version, string Note);

/// <param name="Version">Four numbers pin one image; three name its line.</param>
public sealed record LockedImage(string Target, string Chip, string Version)
{
    public bool IsPinned => Version.Count(c => c == '.') == 3;

    /// <summary>Whether an image of this version is one that the lock means.</summary>
    public bool Allows(string version) => version == Version || (!IsPinned && version.StartsWith(Version + '.', StringComparison.Ordinal));
}

public sealed record LockedPackage(string Id, string Version, IReadOnlyList<LockedAssembly> Assemblies);

/// <param name="Checksum">Of the native half; null = none in the image.</param>
/// <param name="Evidence">How the checksum is known: <c>built</c> or <c>image</c>.</param>
/// <param name="Optional">It runs on images without the native half, too.</param>
public sealed record LockedAssembly(string Name, uint? Checksum = null, string? Evidence = null, bool Optional = false);
