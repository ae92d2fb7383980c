using System.Text.Json;
using GatewayAgent.Hardware.Boards;
using GatewayAgent.Hardware.Images;

namespace GatewayAgent.Hardware.Flashing;

/// <summary>What is refused before anything is run, and again before anything is written.</summary>
public static class FlashChecks
{
    /// <summary>Files as they were given, without a board.</summary>
    /// <exception cref="HardwareException">One cannot be used.</exception>
    public static void Inputs(FlashRequest request, ImagesLock pinned)
    {
        Refuse($"{request.Image.Name} is not the agent that hardware/images.lock.json means:", PairCheck.Agent(request.Image, pinned));
        if (request.Files != null)
        {
            List(request.Files, request.Port);
        }

        if (request.Network != null)
        {
            OwnPort(request.Network, Read(request.Network), request.Port);
        }

        if (request.Runtime != null && Path.GetExtension(request.Runtime) != ".bin")
        {
            throw new HardwareException($"{request.Runtime}: nanoff takes a .bin only");
        }
    }

    /// <summary>The agent on this module, and an own runtime.</summary>
    /// <exception cref="HardwareException">They do not fit.</exception>
    public static void Module(FlashRequest request, Board board, BoardModule module)
    {
        request.Image.Fill(module.Deployment.Size);
        if (request.Runtime != null && RuntimeFile.Problem(ReadBytes(request.Runtime), board, module) is { } fault)
        {
            throw new HardwareException($"{request.Runtime}: {fault}");
        }
    }

    /// <summary>Image and agent together.</summary>
    /// <exception cref="HardwareException">They do not belong together, or the image is not for this module.</exception>
    public static void Pair(FlashRequest request, ImagePackage package, Board board, BoardModule module, ImagesLock pinned)
    {
        Refuse($"{package.Target} {package.Version} is not for this board:", package.Problems(board, module));
        string name = request.Runtime ?? $"{package.Target} {package.Version}";
        Refuse($"The agent does not start on {name}:", PairCheck.Runtime(request.Image, Natives(request, package), pinned));
    }

    /// <summary>The native halves of the runtime that is to be written.</summary>
    public static IReadOnlyList<NativeAssembly> Natives(FlashRequest request, ImagePackage package)
    {
        if (request.Runtime == null)
        {
            return package.Natives();
        }

        string list = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(request.Runtime))!, NativeAssembly.ListName);
        return File.Exists(list)
            ? NativeAssembly.ParseList(File.ReadAllText(list))
            : throw new HardwareException($"{list}: is missing; nf-interpreter's build leaves it beside nanoCLR.bin, and it says what the runtime has");
    }

    private static void Refuse(string head, IReadOnlyList<string> problems)
    {
        if (problems.Count > 0)
        {
            throw new HardwareException(string.Join("\n  ", problems.Prepend(head)));
        }
    }

    private static void List(string file, string port)
    {
        JsonElement list = Read(file);
        OwnPort(file, list, port);
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        if (Member(list, "files") is not { ValueKind: JsonValueKind.Array } files)
        {
            throw new HardwareException($"{file}: files: is missing; it must be a list");
        }

        foreach (string source in files.EnumerateArray().Select(one => Member(one, "SourceFilePath")?.GetString()).OfType<string>().Where(source => source.Length > 0))
        {
            if (!File.Exists(Path.Combine(folder, source)))
            {
                throw new HardwareException($"{file}: SourceFilePath: {source}: no such file in {folder}");
            }
        }
    }

    // nanoff takes a port of the file's own before the one it is told.
    private static void OwnPort(string file, JsonElement json, string port)
    {
        if (Member(json, "serialport")?.GetString() is { Length: > 0 } own && own != port)
        {
            throw new HardwareException($"{file}: serialport: {own}: is not the board's, {port}; leave it out");
        }
    }

    // Names as nanoff reads them: in any case.
    private static JsonElement? Member(JsonElement json, string name) => json.ValueKind != JsonValueKind.Object ? null : json.EnumerateObject()
        .Where(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        .Select(property => (JsonElement?)property.Value)
        .FirstOrDefault();

    private static JsonElement Read(string file)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(ReadBytes(file));
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new HardwareException($"{file}: no JSON ({e.Message})");
        }
    }

    private static byte[] ReadBytes(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HardwareException($"{file}: cannot be read ({e.Message})");
        }
    }
}
