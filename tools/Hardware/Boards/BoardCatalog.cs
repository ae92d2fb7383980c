using GatewayAgent.Hardware.Text;

namespace GatewayAgent.Hardware.Boards;

/// <summary>The boards of <c>hardware/</c>, built into the program.</summary>
public sealed class BoardCatalog
{
    private const string Folder = "hardware/", FileName = "/board.json";

    private static readonly Lazy<BoardCatalog> _builtIn = new(() => new BoardCatalog(
    [
        .. typeof(BoardCatalog).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(FileName, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(name, JsonFile.Embedded(name))),
    ]));

    private BoardCatalog(IReadOnlyList<Board> boards) => Boards = boards;

    public static BoardCatalog BuiltIn => _builtIn.Value;

    /// <summary>In the order of their ids.</summary>
    public IReadOnlyList<Board> Boards { get; }

    /// <summary>Reads one board's file.</summary>
    /// <param name="name">Of the file; its folder is the board's id.</param>
    /// <param name="text">What it holds.</param>
    /// <exception cref="HardwareException">It cannot be used; the message names file, field, value and reason, a line for each problem.</exception>
    public static Board Read(string name, string text)
    {
        Board board = JsonFile.Read<Board>(name, text, new JsonSchema(JsonFile.Embedded("hardware/board.schema.json")));
        JsonFile.Refuse(name, BoardRules.Check(board, Path.GetFileName(Path.GetDirectoryName(name)!)));
        return board;
    }

    /// <exception cref="HardwareException">There is none of that name.</exception>
    public Board Find(string id) => Boards.FirstOrDefault(board => board.Id == id)
        ?? throw new HardwareException($"no board '{id}'; there are {string.Join(", ", Boards.Select(board => board.Id))}");

    /// <summary>The board's module of that name, or its standard one.</summary>
    /// <exception cref="HardwareException">It has none of that name.</exception>
    public static BoardModule FindModule(Board board, string? id) => id == null
        ? board.StandardModule
        : board.Modules.FirstOrDefault(module => module.Id.Equals(id, StringComparison.OrdinalIgnoreCase))
            ?? throw new HardwareException($"{board.Name} has no module '{id}'; there are {string.Join(", ", board.Modules.Select(module => module.Id))}");
}
