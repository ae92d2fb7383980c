using GatewayAgent.Hardware.Text;

namespace GatewayAgent.Hardware.Boards;

/// <summary>What a board must hold to beyond the form of its file.</summary>
internal static class BoardRules
{
    /// <summary>Flash is erased in sectors of this size, and partitions begin on one.</summary>
    private const uint SectorBytes = 0x1000;

    /// <summary>The partition table itself lies below.</summary>
    private const uint FirstPartition = 0x9000;

    /// <summary>A partition that holds code begins on a page of the flash cache.</summary>
    private const uint CodeAlignment = 0x10000;

    public static IReadOnlyList<JsonProblem> Check(Board board, string folder) =>
    [
        .. Names(board, folder),
        .. board.Modules.SelectMany((module, index) => Module(board, module, $"modules[{index}]")),
        .. Radio(board),
        .. Pins(board.Pins),
        .. Factory(board),
        .. Sources(board),
    ];

    private static IEnumerable<JsonProblem> Names(Board board, string folder)
    {
        if (board.Id != folder)
        {
            yield return new JsonProblem("id", board.Id, $"must be the name of its folder, {folder}");
        }

        if (board.Modules.Count(module => module.Standard) != 1)
        {
            yield return new JsonProblem("modules", "", "exactly one must be the standard");
        }

        foreach (IGrouping<string, BoardModule> same in board.Modules.GroupBy(module => module.Id).Where(same => same.Count() > 1))
        {
            yield return new JsonProblem("modules", same.Key, "is there twice");
        }
    }

    private static IEnumerable<JsonProblem> Module(Board board, BoardModule module, string field)
    {
        if ((module.Heap.Where == HeapPlace.Psram) != (module.Psram != null))
        {
            yield return new JsonProblem($"{field}.heap.where", module.Heap.Where.ToString(), "the heap is in PSRAM exactly when there is PSRAM");
        }

        if (module.Psram != null && module.Heap.ReserveBytes >= module.Psram.Megabytes << 20)
        {
            yield return new JsonProblem($"{field}.heap.reserveBytes", module.Heap.ReserveBytes.ToString(), "leaves nothing of the PSRAM");
        }

        if (module.Psram?.Mode == PsramMode.Octal && board.Chip.Type != "ESP32-S3")
        {
            yield return new JsonProblem($"{field}.psram.mode", "octal", $"an {board.Chip.Type} has none");
        }

        foreach (JsonProblem problem in Partitions(module, $"{field}.partitions.table"))
        {
            yield return problem;
        }
    }

    private static IEnumerable<JsonProblem> Partitions(BoardModule module, string field)
    {
        foreach (string name in new[] { Partition.RuntimeName, Partition.DeploymentName, Partition.ConfigurationName })
        {
            int count = module.Partitions.Table.Count(partition => partition.Name == name);
            if (count != 1)
            {
                yield return new JsonProblem(field, name, count == 0 ? "is missing" : "is there twice");
            }
        }

        uint end = FirstPartition;
        for (int i = 0; i < module.Partitions.Table.Count; i++)
        {
            Partition partition = module.Partitions.Table[i];
            if (Fault(partition, end, (uint)module.FlashMegabytes << 20) is { } fault)
            {
                yield return new JsonProblem($"{field}[{i}].{fault.Field}", $"0x{fault.Value:X}", fault.Reason);
            }

            end = partition.End;
        }
    }

    private static (string Field, uint Value, string Reason)? Fault(Partition partition, uint end, uint flash)
    {
        uint alignment = partition.Name == Partition.RuntimeName ? CodeAlignment : SectorBytes;
        if (partition.Offset < end)
        {
            return ("offset", partition.Offset, $"overlaps what ends at 0x{end:X}");
        }

        if (partition.Offset % alignment != 0)
        {
            return ("offset", partition.Offset, $"must be a multiple of 0x{alignment:X}");
        }

        if (partition.Size == 0 || partition.Size % SectorBytes != 0)
        {
            return ("size", partition.Size, $"must be a multiple of 0x{SectorBytes:X}, and not 0");
        }

        return partition.Offset > flash || partition.Size > flash - partition.Offset
            ? ("size", partition.Size, $"ends beyond the flash, 0x{flash:X}")
            : null;
    }

    private static IEnumerable<JsonProblem> Radio(Board board)
    {
        if (board.Radio.Bands.Contains("5 GHz") != (board.Chip.Type == "ESP32-C5"))
        {
            yield return new JsonProblem("radio.bands", string.Join(", ", board.Radio.Bands), "5 GHz is what an ESP32-C5 has, and no other");
        }
    }

    private static IEnumerable<JsonProblem> Pins(BoardPins pins)
    {
        var taken = new Dictionary<int, string>();
        foreach ((ReservedPins reserved, int gpio) in pins.Reserved.SelectMany(reserved => reserved.Gpios.Select(gpio => (reserved, gpio))))
        {
            if (!taken.TryAdd(gpio, reserved.Why))
            {
                yield return new JsonProblem("pins.reserved", gpio.ToString(), $"is taken: {taken[gpio]}");
            }
        }

        foreach ((string field, int gpio) in Used(pins))
        {
            if (!taken.TryAdd(gpio, field))
            {
                yield return new JsonProblem(field, gpio.ToString(), $"is taken: {taken[gpio]}");
            }
        }
    }

    private static IEnumerable<(string Field, int Gpio)> Used(BoardPins pins)
    {
        if (pins.Light != null)
        {
            yield return ("pins.light.gpio", pins.Light.Gpio);
        }

        if (pins.Button != null)
        {
            yield return ("pins.button.gpio", pins.Button.Gpio);
        }

        if (pins.Display != null)
        {
            yield return ("pins.display.sda", pins.Display.Sda);
            yield return ("pins.display.scl", pins.Display.Scl);
        }
    }

    private static IEnumerable<JsonProblem> Factory(Board board)
    {
        RssiRange rssi = board.Factory.LinkRssiDbm;
        if (rssi.Least > rssi.Most)
        {
            yield return new JsonProblem("factory.linkRssiDbm.least", rssi.Least.ToString(), $"is more than most, {rssi.Most}");
        }

        foreach (BoardModule module in board.Modules.Where(module => module.Psram != null))
        {
            int heap = ((module.Psram!.Megabytes << 20) - module.Heap.ReserveBytes) / 1024;
            if (board.Factory.ManagedFreeKib > heap)
            {
                yield return new JsonProblem("factory.managedFreeKib", board.Factory.ManagedFreeKib.ToString(), $"{module.Id} has a heap of {heap} KiB");
            }
        }
    }

    private static IEnumerable<JsonProblem> Sources(Board board)
    {
        (string Field, string Key)[] named = [.. NamedSources(board)];
        foreach ((string field, string key) in named.Where(one => !board.Sources.ContainsKey(one.Key)))
        {
            yield return new JsonProblem(field, key, "is not in sources");
        }

        foreach (string key in board.Sources.Keys.Except(named.Select(one => one.Key)))
        {
            yield return new JsonProblem($"sources.{key}", "", "nothing names it");
        }
    }

    private static IEnumerable<(string Field, string Key)> NamedSources(Board board)
    {
        yield return ("chip.source", board.Chip.Source);
        for (int i = 0; i < board.Modules.Count; i++)
        {
            yield return ($"modules[{i}].source", board.Modules[i].Source);
            yield return ($"modules[{i}].heap.source", board.Modules[i].Heap.Source);
            yield return ($"modules[{i}].partitions.source", board.Modules[i].Partitions.Source);
        }

        yield return ("radio.source", board.Radio.Source);
        yield return ("serial.source", board.Serial.Source);
        yield return ("power.source", board.Power.Source);
        yield return ("factory.source", board.Factory.Source);
        (string, string?)[] pins =
        [
            ("pins.light.source", board.Pins.Light?.Source),
            ("pins.button.source", board.Pins.Button?.Source),
            ("pins.display.source", board.Pins.Display?.Source),
            .. board.Pins.Reserved.Select((reserved, index) => ($"pins.reserved[{index}].source", (string?)reserved.Source)),
        ];
        foreach ((string field, string? key) in pins)
        {
            if (key != null)
            {
                yield return (field, key);
            }
        }
    }
}
