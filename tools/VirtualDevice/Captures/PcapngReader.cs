using System.Buffers.Binary;

namespace GatewayAgent.VirtualDevice.Captures;

/// <summary>
/// The block format (draft-ietf-opsawg-pcapng): several sections, each of its own byte order, and several interfaces. Packets of
/// interfaces that do not hear 802.11 are left out; blocks and options that say nothing about packets are skipped.
/// </summary>
internal sealed class PcapngReader : CaptureReader
{
    public const uint SectionHeader = 0x0A0D0D0A;

    private const uint ByteOrderMagic = 0x1A2B3C4D;
    private const uint InterfaceBlock = 1, ObsoletePacket = 2, SimplePacket = 3, EnhancedPacket = 6;
    private const int BlockFrameBytes = 12;

    // Room for the largest packet with its header; options behind it are skipped.
    private const int MaxBodyBytes = MaxPacketBytes + 64;

    private readonly List<PcapngInterface> _interfaces = [];
    private readonly byte[] _head = new byte[8];
    private readonly byte[] _body = new byte[MaxBodyBytes];
    private bool _bigEndian;
    private bool _startsWithSection = true;
    private bool _anyPacket;
    private int? _refused;
    private long _time;

    public PcapngReader(CaptureInput input)
        : base(input)
    {
    }

    public override bool TryRead(out CapturePacket packet)
    {
        while (true)
        {
            long start = Input.Offset;
            string? fault = NextBlock(out uint type, out int length, out bool atEnd);
            if (atEnd || fault != null)
            {
                return EndOfFile(fault, out packet);
            }

            if (type == InterfaceBlock)
            {
                AddInterface(_body.AsSpan(0, length));
            }
            else if (IsPacket(type))
            {
                if (!TryLocate(type, length, out int interfaceNumber, out int dataStart, out uint captured))
                {
                    return EndOfFile($"the packet block at byte {start} is broken: reading ends there", out packet);
                }

                if (IsHeard(_interfaces[interfaceNumber]))
                {
                    packet = Packet(type, _interfaces[interfaceNumber], dataStart, (int)captured);
                    return true;
                }
            }
        }
    }

    private static bool IsPacket(uint type) => type is EnhancedPacket or SimplePacket or ObsoletePacket;

    private bool EndOfFile(string? fault, out CapturePacket packet)
    {
        if (!_anyPacket && _refused is { } linkType)
        {
            throw new CaptureException(LinkTypes.Refusal(linkType));
        }

        return End(fault ?? (_refused is { } other ? $"packets left out: {LinkTypes.Refusal(other)}" : null), out packet);
    }

    // Reads a block's body into _body (its end is left out when it is longer than any packet), and over its second length.
    private string? NextBlock(out uint type, out int bodyLength, out bool atEnd)
    {
        long start = Input.Offset;
        bodyLength = 0;
        type = 0;
        atEnd = !ReadHead(out int headBytes);
        if (atEnd)
        {
            atEnd = headBytes == 0;
            return atEnd ? null : $"the file ends within a block head, at byte {start}";
        }

        type = _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(_head) : BinaryPrimitives.ReadUInt32LittleEndian(_head);
        if (type == SectionHeader)
        {
            return ReadSection(start);
        }

        uint length = U32(_head.AsSpan(4));
        if (length < BlockFrameBytes || length % 4 != 0)
        {
            return $"the block at byte {start} states {length} bytes: reading ends there";
        }

        return ReadBody(start, type, length - BlockFrameBytes, out bodyLength);
    }

    // The file's first four bytes are read when it is opened: they are a section header's type.
    private bool ReadHead(out int read)
    {
        int known = 0;
        if (_startsWithSection)
        {
            _startsWithSection = false;
            BinaryPrimitives.WriteUInt32LittleEndian(_head, SectionHeader);
            known = 4;
        }

        read = known + Input.Read(_head.AsSpan(known));
        return read == _head.Length;
    }

    // A section states its byte order behind its length, so the length can be read only then.
    private string? ReadSection(long start)
    {
        Span<byte> order = stackalloc byte[4];
        if (!Input.TryRead(order))
        {
            return $"the file ends within the section header at byte {start}";
        }

        uint magic = BinaryPrimitives.ReadUInt32LittleEndian(order);
        _bigEndian = magic == BinaryPrimitives.ReverseEndianness(ByteOrderMagic);
        if (!_bigEndian && magic != ByteOrderMagic)
        {
            return $"the section header at byte {start} states no byte order: reading ends there";
        }

        _interfaces.Clear();
        uint length = U32(_head.AsSpan(4));
        if (length < 28 || length % 4 != 0)
        {
            return $"the section header at byte {start} states {length} bytes: reading ends there";
        }

        return Input.TrySkip(length - BlockFrameBytes) ? null : $"the file ends within the section header at byte {start}";
    }

    private string? ReadBody(long start, uint type, uint length, out int bodyLength)
    {
        bool isRead = type == InterfaceBlock || IsPacket(type);
        bodyLength = isRead ? (int)Math.Min(length, MaxBodyBytes) : 0;
        bool complete = Input.TryRead(_body.AsSpan(0, bodyLength)) && Input.TrySkip(length - bodyLength) && Input.TryRead(_head.AsSpan(0, 4));
        if (!complete)
        {
            return $"the file ends within the block at byte {start}";
        }

        if (U32(_head) != length + BlockFrameBytes)
        {
            return $"the two lengths of the block at byte {start} differ: reading ends there";
        }

        return IsPacket(type) && PacketLength(type, bodyLength) is > MaxPacketBytes and var stated
            ? $"the packet at byte {start} states {stated} bytes, more than {MaxPacketBytes}: reading ends there"
            : null;
    }

    private void AddInterface(ReadOnlySpan<byte> body)
    {
        const byte Microseconds = 6;
        const int FixedBytes = 8;
        const int ResolutionOption = 9, FcsOption = 13, OffsetOption = 14;
        if (body.Length < FixedBytes)
        {
            // Its place is kept, so that the interfaces after it keep their numbers.
            _interfaces.Add(default);
            return;
        }

        var read = new PcapngInterface(U16(body), U32(body[4..]), Microseconds, 0, false);
        for (PcapngOptions options = new(body[FixedBytes..], _bigEndian); options.MoveNext();)
        {
            ReadOnlySpan<byte> value = options.Value;
            read = options.Code switch
            {
                ResolutionOption when value.Length == 1 => read with { Resolution = value[0] },
                FcsOption when value.Length == 1 => read with { HasFcs = value[0] is 4 or 32 },
                OffsetOption when value.Length == 8 => read with { OffsetSeconds = (long)U64(value) },
                _ => read,
            };
        }

        _interfaces.Add(read);
    }

    private uint PacketLength(uint type, int bodyLength) =>
        type == SimplePacket || bodyLength < 16 ? 0 : U32(_body.AsSpan(12));

    // Where a packet's bytes are in the body. False when the block contradicts itself.
    private bool TryLocate(uint type, int length, out int interfaceNumber, out int dataStart, out uint captured)
    {
        const int SimpleHeadBytes = 4, HeadBytes = 20;
        interfaceNumber = 0;
        captured = 0;
        dataStart = type == SimplePacket ? SimpleHeadBytes : HeadBytes;
        if (length < dataStart)
        {
            return false;
        }

        ReadOnlySpan<byte> body = _body;
        uint number = type switch { EnhancedPacket => U32(body), ObsoletePacket => U16(body), _ => 0 };
        if (number >= _interfaces.Count)
        {
            return false;
        }

        interfaceNumber = (int)number;
        captured = type == SimplePacket ? CapturedOfSimple(U32(body), _interfaces[interfaceNumber]) : U32(body[12..]);
        return captured <= length - dataStart;
    }

    private CapturePacket Packet(uint type, PcapngInterface from, int dataStart, int captured)
    {
        ReadOnlySpan<byte> body = _body;

        // A simple packet has no time of its own.
        _time = type == SimplePacket ? _time : from.TimeNs(((ulong)U32(body[4..]) << 32) | U32(body[8..]));
        _anyPacket = true;
        uint original = U32(body[(dataStart - 4)..]);
        return new CapturePacket(_time, from.LinkType, _body.AsMemory(dataStart, captured), original, from.HasFcs);
    }

    private static uint CapturedOfSimple(uint original, PcapngInterface from) =>
        from.SnapLength == 0 ? original : Math.Min(original, from.SnapLength);

    private bool IsHeard(PcapngInterface from)
    {
        if (LinkTypes.IsSupported(from.LinkType))
        {
            return true;
        }

        _refused ??= from.LinkType;
        return false;
    }

    private ushort U16(ReadOnlySpan<byte> bytes) =>
        _bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private uint U32(ReadOnlySpan<byte> bytes) =>
        _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private ulong U64(ReadOnlySpan<byte> bytes) =>
        _bigEndian ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
}
