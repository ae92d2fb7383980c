using System.Buffers.Binary;

namespace GatewayAgent.VirtualDevice.Captures;

/// <summary>The classic format: µs or ns, either byte order (draft-ietf-opsawg-pcap).</summary>
internal sealed class PcapReader : CaptureReader
{
    private const uint Microseconds = 0xA1B2C3D4, Nanoseconds = 0xA1B23C4D;
    private const int FileHeaderBytes = 24, MagicBytes = 4, RecordHeaderBytes = 16;
    private const uint FcsLengthPresent = 1u << 26;

    private readonly bool _bigEndian;
    private readonly long _fractionNs;
    private readonly int _linkType;
    private readonly bool _hasFcs;
    private readonly byte[] _record = new byte[RecordHeaderBytes];
    private readonly byte[] _data = new byte[MaxPacketBytes];
    private int _packets;

    private PcapReader(CaptureInput input, bool bigEndian, long fractionNs)
        : base(input)
    {
        _bigEndian = bigEndian;
        _fractionNs = fractionNs;
        Span<byte> header = stackalloc byte[FileHeaderBytes - MagicBytes];
        if (!input.TryRead(header))
        {
            throw new CaptureException("the file ends within its pcap header");
        }

        uint network = U32(header[16..]);
        _linkType = (int)(network & 0xFFFF);
        // The length of the FCS is stated in units of 16 bits.
        _hasFcs = (network & FcsLengthPresent) != 0 && network >> 28 == 2;
        if (!LinkTypes.IsSupported(_linkType))
        {
            throw new CaptureException(LinkTypes.Refusal(_linkType));
        }
    }

    /// <summary>Null when the magic number is another format's.</summary>
    public static PcapReader? TryOpen(uint magic, CaptureInput input) => magic switch
    {
        Microseconds => new PcapReader(input, false, 1000),
        Nanoseconds => new PcapReader(input, false, 1),
        _ => BinaryPrimitives.ReverseEndianness(magic) switch
        {
            Microseconds => new PcapReader(input, true, 1000),
            Nanoseconds => new PcapReader(input, true, 1),
            _ => null,
        },
    };

    public override bool TryRead(out CapturePacket packet)
    {
        long start = Input.Offset;
        int read = Input.Read(_record);
        if (read < RecordHeaderBytes)
        {
            return End(read == 0 ? null : $"the file ends within the header of packet {_packets + 1}, at byte {start}", out packet);
        }

        uint length = U32(_record.AsSpan(8));
        if (length > MaxPacketBytes)
        {
            return End(
                $"packet {_packets + 1} at byte {start} states {length} bytes, more than {MaxPacketBytes}: reading ends there", out packet);
        }

        Memory<byte> data = _data.AsMemory(0, (int)length);
        if (!Input.TryRead(data.Span))
        {
            return End($"the file ends within packet {_packets + 1}, at byte {start}", out packet);
        }

        _packets++;
        packet = new CapturePacket(Time(), _linkType, data, U32(_record.AsSpan(12)), _hasFcs);
        return true;
    }

    private long Time() => (U32(_record) * 1_000_000_000L) + (U32(_record.AsSpan(4)) * _fractionNs);

    private uint U32(ReadOnlySpan<byte> bytes) =>
        _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
