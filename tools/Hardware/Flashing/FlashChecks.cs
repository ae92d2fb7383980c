using System.Text.Json;
using GatewayAgent.Hardware.Boards;
using GatewayAgent.Hardware.Images;

namespace GatewayAgent.Hardware.Flashing;

/// <summary>What is refused before anything is run, and again before anything is written.</summary>
public static class FlashChecks
{
    /// <summary>What nanoff knows of a file of network settings.</summary>
    private static readonly string[] _networkParts =
        ["WirelessClient", "WirelessAccessPoint", "Ethernet", "DeviceCertificates", "DeviceCertificatesPath", "CACertificates", "CACertificatesPath"];

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
            Network(request.Network, request.Port);
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

    /// <summary>Full paths of the files that a list of files puts on the board.</summary>
    /// <exception cref="HardwareException">The list cannot be used.</exception>
    public static IReadOnlyList<string> Sources(string file)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        return Member(Read(file), "files") is { ValueKind: JsonValueKind.Array } files
            ? [.. files.EnumerateArray().Select(one => Text(file, one, "SourceFilePath")).Where(source => source.Length > 0).Select(source => Path.Combine(folder, source))]
            : throw new HardwareException($"{file}: files: is missing; it must be a list");
    }

    private static void List(string file, string port)
    {
        OwnPort(file, Read(file), port);
        IReadOnlyList<string> sources = Sources(file);
        if (sources.Count == 0)
        {
            throw new HardwareException($"{file}: files: names no file to be put there: the board would be erased for nothing");
        }

        if (sources.FirstOrDefault(source => !File.Exists(source)) is { } missing)
        {
            throw new HardwareException($"{file}: SourceFilePath: {Path.GetFileName(missing)}: no such file in {Path.GetDirectoryName(missing)}");
        }
    }

    // Of a file that says nothing it knows, nanoff does nothing, and ends well.
    private static void Network(string file, string port)
    {
        JsonElement settings = Read(file);
        OwnPort(file, settings, port);
        if (_networkParts.All(part => Member(settings, part) is null or { ValueKind: JsonValueKind.Null }))
        {
            throw new HardwareException($"{file}: holds no network settings; there should be one of {string.Join(", ", _networkParts)}");
        }
    }

    // nanoff takes a port of the file's own before the one it is told.
    private static void OwnPort(string file, JsonElement json, string port)
    {
        string own = Text(file, json, "serialport");
        if (own.Length > 0 && own != port)
        {
            throw new HardwareException($"{file}: serialport: {own}: is not the board's, {port}; leave it out");
        }
    }

    private static string Text(string file, JsonElement json, string name) => Member(json, name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => "",
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { } other => throw new HardwareException($"{file}: {name}: {other.GetRawText()}: must be text"),
    };

    // Names as nanoff reads them: in any case.
    private static JsonElement? Member(JsonElement json, string name) => json.ValueKind != JsonValueKind.Object ? null : json.EnumerateObject()
        .Where(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        .Select(property => (JsonElement?)property.Value)
        .FirstOrDefault();

    private static JsonElement Read(string file)
    {
        try
        {
            // As text, for a mark of byte order at its start is none of JSON, and nanoff takes it.
            using var reader = new StreamReader(new MemoryStream(ReadBytes(file)));
            using JsonDocument document = JsonDocument.Parse(reader.ReadToEnd());
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
