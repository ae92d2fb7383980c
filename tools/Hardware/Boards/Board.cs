namespace GatewayAgent.Hardware.Boards;

/// <summary>A board of <c>hardware/</c>, as its <c>board.json</c> describes it; the schema beside it says what each field means.</summary>
public sealed record Board(
    string Id,
    string Name,
    string Maker,
    BoardChip Chip,
    IReadOnlyList<BoardModule> Modules,
    BoardRadio Radio,
    BoardSerial Serial,
    BoardPins Pins,
    BoardPower Power,
    BoardFactory Factory,
    IReadOnlyList<string> BringUp,
    IReadOnlyDictionary<string, string> Sources)
{
    public BoardModule StandardModule => Modules.First(module => module.Standard);
}

/// <param name="Type">As nanoff and esptool name it: ESP32, ESP32-S3, …</param>
/// <param name="LeastRevision">Oldest revision its images run on, "3.0".</param>
/// <param name="BootloaderOffset">In flash.</param>
/// <param name="Source">Key of <see cref="Board.Sources"/>, here and below.</param>
public sealed record BoardChip(string Type, string LeastRevision, uint BootloaderOffset, string Source);

/// <param name="Id">N8R8, …: what is printed on the module.</param>
/// <param name="Product">Its full name.</param>
/// <param name="Image">nanoFramework's target.</param>
/// <param name="Psram">Null = none.</param>
/// <param name="Standard">What to take when nobody says which.</param>
public sealed record BoardModule(
    string Id,
    string Product,
    string Source,
    string Image,
    int FlashMegabytes,
    Psram? Psram,
    BoardHeap Heap,
    PartitionTable Partitions,
    bool Standard = false)
{
    /// <summary>Where the agent goes.</summary>
    public Partition Deployment => Partitions.Table.First(partition => partition.Name == Partition.DeploymentName);

    /// <summary>Where the runtime goes.</summary>
    public Partition Runtime => Partitions.Table.First(partition => partition.Name == Partition.RuntimeName);
}

public sealed record Psram(int Megabytes, PsramMode Mode);

public enum PsramMode
{
    Quad,
    Octal,
}

public sealed record BoardHeap(HeapPlace Where, int ReserveBytes, string Source);

public enum HeapPlace
{
    Internal,
    Psram,
}

public sealed record PartitionTable(string Source, IReadOnlyList<Partition> Table);

/// <summary>A part of the flash, bytes.</summary>
public sealed record Partition(string Name, uint Offset, uint Size)
{
    public const string RuntimeName = "factory";
    public const string DeploymentName = "deploy";
    public const string ConfigurationName = "config";

    public uint End => Offset + Size;
}

public sealed record BoardRadio(IReadOnlyList<string> Bands, string Antenna, int SoftApStations, string Source);

public sealed record BoardSerial(string Connector, string DownloadMode, string Source);

/// <summary>What agent.json is provisioned with; null = nothing there that the agent can drive.</summary>
public sealed record BoardPins(LightPin? Light, ButtonPin? Button, DisplayPins? Display, IReadOnlyList<ReservedPins> Reserved);

public sealed record LightPin(int Gpio, int Count, bool OnBoard, string Source, string? Note = null);

public sealed record ButtonPin(int Gpio, bool OnBoard, string Source, string? Note = null);

public sealed record DisplayPins(int Sda, int Scl, int Address, bool OnBoard, string Source, string? Note = null);

public sealed record ReservedPins(IReadOnlyList<int> Gpios, string Why, string Source);

/// <summary>What a node on it must measure at the end of its production.</summary>
/// <param name="LinkRssiDbm">Median of its uplink to an access point in the same room.</param>
public sealed record BoardFactory(RssiRange LinkRssiDbm, int ManagedFreeKib, int NativeFreeKib, string Source);

/// <summary>Both included.</summary>
public sealed record RssiRange(int Least, int Most);

/// <param name="LeastSupplyMilliamps">Null = not known from a source.</param>
public sealed record BoardPower(double RailVolts, int? LeastSupplyMilliamps, string Source, string Note);
