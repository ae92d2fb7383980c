using System.Buffers.Binary;

namespace GatewayAgent.VirtualDevice.Captures;

/// <summary>
/// Reads a pcap or pcapng file packet by packet, in constant memory. A file that is cut short or broken ends with a
/// <see cref="Warning"/>; what was read before it counts.
/// </summary>
public abstract class CaptureReader : IDisposable
{
    /// <summary>Largest packet believed, bytes: the largest snapshot length of the common tools. A larger one is a broken length.</summary>
    public const int MaxPacketBytes = 262_144;

    private protected CaptureReader(CaptureInput input) => Input = input;

    /// <summary>Why reading ended before the end of the file, or what was left out; null when all was read.</summary>
    public string? Warning { get; private set; }

    private protected CaptureInput Input { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="CaptureException">No capture of 802.11 frames.</exception>
    /// <exception cref="IOException">Not readable.</exception>
    public static CaptureReader Open(string path)
    {
        FileStream file = File.OpenRead(path);
        try
        {
            return Open(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>As <see cref="Open(string)"/>; the stream is disposed with the reader.</summary>
    public static CaptureReader Open(Stream stream)
    {
        var input = new CaptureInput(stream);
        Span<byte> magic = stackalloc byte[4];
        if (!input.TryRead(magic))
        {
            throw new CaptureException("the file is too short to be a pcap or pcapng capture");
        }

        uint number = BinaryPrimitives.ReadUInt32LittleEndian(magic);
        if (number == PcapngReader.SectionHeader)
        {
            return new PcapngReader(input);
        }

        return PcapReader.TryOpen(number, input)
            ?? throw new CaptureException($"the file starts with 0x{number:x8}: neither pcap nor pcapng");
    }

    /// <summary>Reads the next packet.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="CaptureException">Only packets of an unsupported link type were found.</exception>
    public abstract bool TryRead(out CapturePacket packet);

    public void Dispose()
    {
        Input.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected bool End(string? warning, out CapturePacket packet)
    {
        Warning ??= warning;
        packet = default;
        return false;
    }
}
