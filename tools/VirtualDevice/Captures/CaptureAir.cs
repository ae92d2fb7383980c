using GatewayAgent.Ports;
using GatewayAgent.VirtualDevice.Native;
using GatewayAgent.VirtualDevice.Running;

namespace GatewayAgent.VirtualDevice.Captures;

/// <summary>
/// The air as a capture holds it. Uptime 0 is the whole second of the first packet. The node hears what the capture's receiver heard, on the
/// channels it was tuned to; it has no uplink radio and no stations of its own.
/// </summary>
public sealed class CaptureAir : IAir, IRadioScene, IDisposable
{
    private const long NsPerSecond = 1_000_000_000, UsPerSecond = 1_000_000;

    // Silence for longer than the longest window is a pause of the recording.
    private const long MaxSilenceUs = Limits.WindowMaxSeconds * UsPerSecond;

    // A larger step is a broken time stamp.
    private const long MaxStepUs = 366 * 24 * 3600 * UsPerSecond;

    private readonly CaptureReader _reader;
    private readonly PacketSorter _packets;
    private readonly RadioCore _core;
    private readonly FrameDecoder _decoder = new();
    private CapturePacket _packet;
    private bool _hasPacket;
    private string? _stepWarning;
    private long _packetUs;
    private long _listenedUs;
    private long _dwellUs;
    private int _tuned;
    private bool _isPaused;

    /// <param name="reader">Disposed with this.</param>
    /// <param name="core">What hears it.</param>
    /// <exception cref="CaptureException">See <see cref="CaptureReader.TryRead"/>.</exception>
    public CaptureAir(CaptureReader reader, RadioCore core)
    {
        _reader = reader;
        _packets = new PacketSorter(reader);
        _core = core;
        _hasPacket = _packets.TryTake(out _packet);
        IsEmpty = !_hasPacket;
        StartSeconds = _packets.FirstTimeNs / NsPerSecond;
        if (_hasPacket)
        {
            TakeTime();
            _tuned = FirstChannel();
        }
    }

    /// <summary>There is no packet in it.</summary>
    public bool IsEmpty { get; }

    /// <summary>Unix seconds of uptime 0; 0 = the capture states no time.</summary>
    public long StartSeconds { get; }

    public CaptureCounts Counts { get; } = new();

    /// <summary>Why the capture ended early or what was left out; null when all was heard.</summary>
    public string? Warning => _stepWarning ?? _reader.Warning;

    public long EndMs => _hasPacket ? long.MaxValue : ((_packetUs / UsPerSecond) + 1) * 1000;

    public long PausedUntilMs => _isPaused ? _packetUs / 1000 : 0;

    public uint Capabilities => RadioCapabilities.Airtime | RadioCapabilities.BssLoad | RadioCapabilities.Band5G;

    public LinkState? Link => null;

    public IReadOnlyList<StationState>? Stations => null;

    public int BeginDwell(int channel, int milliseconds) => RadioStatus.Unsupported;

    public void AdvanceTo(long uptimeMs)
    {
        long untilUs = uptimeMs * 1000;
        while (_hasPacket && _packetUs < untilUs)
        {
            Hear();
            Next();
        }

        ListenUntil(Math.Min(untilUs, Math.Min(EndMs, long.MaxValue / 1000) * 1000));
        FlushDwell();
    }

    public void Dispose() => _reader.Dispose();

    private static int ChannelOf(in FrameInfo info) => info.Band is Band.Band2G or Band.Band5G ? info.Channel : 0;

    // The time before the first frame was spent on its channel. Another decoder, so that the frame stays the first of its A-MPDU.
    private int FirstChannel() => new FrameDecoder().TryDecode(_packet, 0, out FrameInfo info, out _) ? ChannelOf(info) : 0;

    private void Hear()
    {
        Counts.Packets++;
        ListenUntil(_packetUs);
        if (!_decoder.TryDecode(_packet, _packetUs, out FrameInfo info, out ReadOnlyMemory<byte> frame))
        {
            Counts.Undecodable++;
            return;
        }

        Tune(ChannelOf(info));
        Counts.Frames++;
        Counts.Truncated += _packet.IsTruncated ? 1 : 0;
        _core.Frame(info, frame.Span);
    }

    private void Next()
    {
        _isPaused = false;
        _hasPacket = _packets.TryTake(out _packet);
        if (_hasPacket)
        {
            TakeTime();
        }
    }

    private void TakeTime()
    {
        long us = (_packet.TimeNs - (StartSeconds * NsPerSecond)) / 1000;
        if (us < _packetUs)
        {
            Counts.TimeStepsBack++;
            return;
        }

        if (us - _packetUs > MaxStepUs)
        {
            _stepWarning = $"a packet is dated {us / UsPerSecond} s after the first and more than a year after the one before it: hearing ends there";
            _hasPacket = false;
            return;
        }

        _isPaused = us - _packetUs > MaxSilenceUs;
        _packetUs = us;
    }

    // The time up to a frame belongs to the channel of the frame before it: nothing says when in between the receiver moved on. In a pause
    // of the recording nobody listened.
    private void ListenUntil(long us)
    {
        _dwellUs += _tuned == 0 || _isPaused ? 0 : us - _listenedUs;
        _listenedUs = us;
    }

    private void Tune(int channel)
    {
        if (channel != 0 && channel != _tuned)
        {
            FlushDwell();
            _tuned = channel;
        }
    }

    private void FlushDwell()
    {
        if (_dwellUs > 0)
        {
            _core.Dwell(_tuned, _dwellUs);
            _dwellUs = 0;
        }
    }
}
