using GatewayAgent.Hardware.Tools;

namespace GatewayAgent.Hardware.Boards;

/// <summary>Which board and module a chip is on.</summary>
public static class BoardFinder
{
    /// <param name="catalog">The boards there are.</param>
    /// <param name="chip">What the chip says.</param>
    /// <param name="boardId">What somebody says it is; null = found out.</param>
    /// <param name="moduleId">Likewise.</param>
    /// <exception cref="HardwareException">It is not that board, or could be more than one.</exception>
    public static (Board Board, BoardModule Module) Find(BoardCatalog catalog, DeviceDetails chip, string? boardId, string? moduleId)
    {
        Board board = boardId == null ? TheOnly(catalog, chip) : catalog.Find(boardId);
        if (board.Chip.Type != chip.ChipType)
        {
            throw new HardwareException($"wrong chip: {board.Name} has an {board.Chip.Type}, and this is {chip}");
        }

        if (!chip.IsAtLeast(board.Chip.LeastRevision))
        {
            throw new HardwareException($"wrong chip: the images for {board.Name} need revision {board.Chip.LeastRevision} or later, and this is {chip}");
        }

        return (board, ModuleOf(board, chip, moduleId));
    }

    private static Board TheOnly(BoardCatalog catalog, DeviceDetails chip)
    {
        Board[] fitting = [.. catalog.Boards.Where(board => board.Chip.Type == chip.ChipType && board.Modules.Any(module => module.FlashMegabytes == chip.FlashMegabytes))];
        return fitting.Length switch
        {
            1 => fitting[0],
            0 => throw new HardwareException($"no board of hardware/ is like this: {chip}"),
            _ => throw new HardwareException($"{chip}: that could be {string.Join(" or ", fitting.Select(board => board.Id))}; say which with --board"),
        };
    }

    private static BoardModule ModuleOf(Board board, DeviceDetails chip, string? id)
    {
        BoardModule[] fitting =
        [
            .. (id == null ? board.Modules : [BoardCatalog.FindModule(board, id)])
                .Where(module => chip.FlashMegabytes == 0 || module.FlashMegabytes == chip.FlashMegabytes)
                .Where(module => chip.PsramMegabytes == null || (module.Psram?.Megabytes ?? 0) == chip.PsramMegabytes),
        ];
        return fitting.FirstOrDefault(module => module.Standard) ?? fitting.FirstOrDefault() ?? throw new HardwareException(
            $"{(id == null ? board.Name : $"{board.Name} {id}")} is not this chip: {chip}; {board.Name} comes with "
            + string.Join(", ", board.Modules.Select(module => $"{module.Id} ({module.FlashMegabytes} MB, PSRAM {module.Psram?.Megabytes ?? 0} MB)")));
    }
}
