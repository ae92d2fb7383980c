using System.Buffers.Binary;
using System.Text;

namespace GatewayAgent.Hardware.Images;

/// <summary>
/// An assembly as the metadata processor writes it (<c>.pe</c>) and the runtime loads it: nf-interpreter's <c>CLR_RECORD_ASSEMBLY</c>.
/// </summary>
/// <param name="Name">Of the assembly.</param>
/// <param name="Version">Four numbers.</param>
/// <param name="NativeChecksum">Of its native half; 0 = it has none.</param>
/// <param name="Size">Bytes, without padding.</param>
/// <param name="References">Other assemblies it needs.</param>
public sealed record PeAssembly(string Name, string Version, uint NativeChecksum, int Size, IReadOnlyList<PeReference> References)
{
    public const int HeaderBytes = 124;

    private const int HeaderSum = 8, BodySum = 12, Checksum = 20, VersionAt = 28, NameAt = 36, StringTableAt = 38, TablesAt = 40;
    private const int ReferenceTable = 0, StringTable = 11, End = 15, ReferenceBytes = 12, KnownStrings = 1;

    private static ReadOnlySpan<byte> Marker => "NFMRK1\0\0"u8;

    /// <summary>Strings that the runtime knows by number (its <c>StringTableData.cpp</c>, version 1), of those that name an assembly.</summary>
    private static readonly Dictionary<ushort, string> _known = new() { [0xFCD2] = "mscorlib", [0xFE28] = "System.Threading" };

    /// <summary>Whether an assembly begins here.</summary>
    public static bool IsAt(ReadOnlySpan<byte> bytes) => bytes.Length >= HeaderBytes && bytes.StartsWith(Marker);

    /// <summary>Reads the assembly at the start of the bytes.</summary>
    /// <exception cref="HardwareException">It is none, cut short, or its check sums are not those of its bytes: the runtime would pass it over.</exception>
    public static PeAssembly Read(ReadOnlySpan<byte> bytes)
    {
        if (!IsAt(bytes))
        {
            throw new HardwareException("no assembly of nanoFramework begins here (NFMRK1)");
        }

        uint size = Word(bytes, TablesAt + (4 * End));
        if (size < HeaderBytes || size > bytes.Length)
        {
            throw new HardwareException($"an assembly of {size} bytes is cut short at {bytes.Length}");
        }

        bytes = bytes[..(int)size];
        if (!HasItsSums(bytes) || Half(bytes, StringTableAt) != KnownStrings)
        {
            throw new HardwareException("an assembly is damaged: its check sums are not those of its bytes");
        }

        return new PeAssembly(Text(bytes, Half(bytes, NameAt)), VersionOf(bytes, VersionAt), Word(bytes, Checksum), (int)size, ReadReferences(bytes));
    }

    /// <summary>CRC-32 as the runtime's: polynomial 04C11DB7, high bit first, from 0.</summary>
    internal static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0;
        foreach (byte b in bytes)
        {
            crc ^= (uint)b << 24;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000_0000) != 0 ? (crc << 1) ^ 0x04C1_1DB7 : crc << 1;
            }
        }

        return crc;
    }

    private static bool HasItsSums(ReadOnlySpan<byte> bytes)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        bytes[..HeaderBytes].CopyTo(header);
        header.Slice(HeaderSum, 4).Clear();
        return Crc(header) == Word(bytes, HeaderSum) && Crc(bytes[HeaderBytes..]) == Word(bytes, BodySum);
    }

    private static List<PeReference> ReadReferences(ReadOnlySpan<byte> bytes)
    {
        (int from, int to) = (Table(bytes, ReferenceTable), Table(bytes, ReferenceTable + 1));
        var references = new List<PeReference>();
        for (int at = from; at + ReferenceBytes <= to; at += ReferenceBytes)
        {
            references.Add(new PeReference(Text(bytes, Half(bytes, at)), VersionOf(bytes, at + 4)));
        }

        return references;
    }

    private static int Table(ReadOnlySpan<byte> bytes, int table)
    {
        uint at = Word(bytes, TablesAt + (4 * table));
        return at <= bytes.Length ? (int)at : throw new HardwareException("an assembly is damaged: a table begins beyond its end");
    }

    private static string Text(ReadOnlySpan<byte> bytes, ushort id)
    {
        if (_known.TryGetValue(id, out string? known))
        {
            return known;
        }

        int at = Table(bytes, StringTable) + id;
        int length = at < bytes.Length ? bytes[at..].IndexOf((byte)0) : -1;
        return length > 0 ? Encoding.UTF8.GetString(bytes.Slice(at, length)) : throw new HardwareException("an assembly is damaged: a name lies beyond its end");
    }

    private static string VersionOf(ReadOnlySpan<byte> bytes, int at) =>
        $"{Half(bytes, at)}.{Half(bytes, at + 2)}.{Half(bytes, at + 4)}.{Half(bytes, at + 6)}";

    private static uint Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static ushort Half(ReadOnlySpan<byte> bytes, int at) =>
        at + 2 <= bytes.Length ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]) : throw new HardwareException("an assembly is damaged: it ends too soon");
}

/// <summary>An assembly that another one needs.</summary>
public sealed record PeReference(string Name, string Version);
