namespace GatewayAgent.Hardware.Images;

/// <summary>
/// What goes into the deployment partition: assemblies one after another, each padded to four bytes. That is what a build of the device
/// projects leaves as <c>GatewayAgent.App.bin</c>; a folder of <c>.pe</c> files is put together here in the same way.
/// </summary>
public sealed class DeploymentImage
{
    private const int Alignment = 4;

    private DeploymentImage(string name, byte[] content, IReadOnlyList<PeAssembly> assemblies)
    {
        Name = name;
        Content = content;
        Assemblies = assemblies;
    }

    /// <summary>File or folder it came from.</summary>
    public string Name { get; }

    /// <summary>Bytes as they go to flash.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>In the order of the image.</summary>
    public IReadOnlyList<PeAssembly> Assemblies { get; }

    /// <param name="path">A <c>.bin</c> file, or a folder of <c>.pe</c> files.</param>
    /// <exception cref="HardwareException">Missing, empty, or not made of whole assemblies; the message names the file and where in it.</exception>
    public static DeploymentImage Read(string path)
    {
        try
        {
            return Directory.Exists(path) ? FromFolder(path) : FromFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HardwareException($"{path}: cannot be read ({e.Message})");
        }
    }

    /// <summary>
    /// The image, filled with erased flash to the size of the partition, so that nothing of an earlier, longer one is left behind it: the
    /// runtime looks for further assemblies to the end of the partition.
    /// </summary>
    /// <exception cref="HardwareException">It does not fit.</exception>
    public byte[] Fill(uint partitionBytes)
    {
        if (Content.Length > partitionBytes)
        {
            throw new HardwareException($"{Name}: {Content.Length} bytes do not fit into the deployment partition of {partitionBytes}");
        }

        var whole = new byte[partitionBytes];
        Array.Fill(whole, (byte)0xFF);
        Content.Span.CopyTo(whole);
        return whole;
    }

    private static DeploymentImage FromFile(string path)
    {
        byte[] content = File.Exists(path) ? File.ReadAllBytes(path) : throw new HardwareException($"{path}: no such file or folder");
        return new DeploymentImage(path, content, Split(path, content));
    }

    private static List<PeAssembly> Split(string path, ReadOnlySpan<byte> content)
    {
        var assemblies = new List<PeAssembly>();
        int at = 0;
        while (at < content.Length && !IsEmpty(content[at..]))
        {
            try
            {
                PeAssembly assembly = PeAssembly.Read(content[at..]);
                assemblies.Add(assembly);
                at += Padded(assembly.Size);
            }
            catch (HardwareException e)
            {
                throw new HardwareException($"{path}: at byte {at}: {e.Message}");
            }
        }

        return assemblies.Count > 0 ? assemblies : throw new HardwareException($"{path}: holds no assembly");
    }

    private static DeploymentImage FromFolder(string path)
    {
        var files = new List<(PeAssembly Assembly, byte[] Bytes)>();
        foreach (string file in Directory.EnumerateFiles(path, "*.pe").Order(StringComparer.Ordinal))
        {
            byte[] bytes = File.ReadAllBytes(file);
            try
            {
                files.Add((PeAssembly.Read(bytes), bytes));
            }
            catch (HardwareException e)
            {
                throw new HardwareException($"{file}: {e.Message}");
            }
        }

        return files.Count > 0 ? Join(path, [.. InOrder(files)]) : throw new HardwareException($"{path}: no .pe file in it");
    }

    private static DeploymentImage Join(string path, (PeAssembly Assembly, byte[] Bytes)[] files)
    {
        var content = new byte[files.Sum(file => Padded(file.Assembly.Size))];
        int at = 0;
        foreach ((PeAssembly assembly, byte[] bytes) in files)
        {
            bytes.AsSpan(0, assembly.Size).CopyTo(content.AsSpan(at));
            at += Padded(assembly.Size);
        }

        return new DeploymentImage(path, content, [.. files.Select(file => file.Assembly)]);
    }

    /// <summary>What others need comes before them, as in an image that a build made.</summary>
    private static IEnumerable<(PeAssembly Assembly, byte[] Bytes)> InOrder(List<(PeAssembly Assembly, byte[] Bytes)> files)
    {
        var waiting = new List<(PeAssembly Assembly, byte[] Bytes)>(files);
        while (waiting.Count > 0)
        {
            int next = waiting.FindIndex(file => !file.Assembly.References.Any(needed => waiting.Any(other => other.Assembly.Name == needed.Name)));
            next = Math.Max(next, 0);
            yield return waiting[next];
            waiting.RemoveAt(next);
        }
    }

    private static int Padded(int size) => (size + Alignment - 1) / Alignment * Alignment;

    // Erased flash, or the zeroes of padding.
    private static bool IsEmpty(ReadOnlySpan<byte> rest) => !rest.ContainsAnyExcept((byte)0xFF) || !rest.ContainsAnyExcept((byte)0);
}
