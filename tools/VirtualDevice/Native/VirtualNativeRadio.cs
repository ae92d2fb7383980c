using System.Buffers.Binary;
using GatewayAgent.Device.Radio;
using GatewayAgent.Ports;
using GatewayAgent.Sampling;

namespace GatewayAgent.VirtualDevice.Native;

/// <summary>The native assembly of a virtual node: its records (ABI 1) come from the radio core and from the scene around it.</summary>
public sealed class VirtualNativeRadio : INativeRadio
{
    private const ushort Abi = 1;
    private const int CapsBytes = 16, LinkBytes = 24, HealthBytes = 28, StationBytes = 8;
    private const int MaxStations = 15;
    private const uint Mask2G = 0x7FFE, Mask5G = 0x1FFF_FFFE;
    private const byte Unknown8 = 255;
    private const byte Phy11Bgn = 0b111;
    private const byte Bandwidth20 = 20;

    private readonly RadioCore _core;
    private readonly IRadioScene _scene;
    private readonly IClock _clock;
    private readonly VirtualHealth _health;

    public VirtualNativeRadio(RadioCore core, IRadioScene scene, IClock clock, VirtualHealth health)
    {
        _core = core;
        _scene = scene;
        _clock = clock;
        _health = health;
    }

    /// <summary>Beacons in the channel records that were taken, since boot.</summary>
    public long Beacons { get; private set; }

    public int GetCaps(byte[] record)
    {
        if (record.Length < CapsBytes)
        {
            return RadioStatus.BufferTooSmall;
        }

        Span<byte> caps = record.AsSpan(0, CapsBytes);
        caps.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(caps, Abi);
        caps[3] = MaxStations;
        BinaryPrimitives.WriteUInt32LittleEndian(caps[4..], _scene.Capabilities);
        BinaryPrimitives.WriteUInt32LittleEndian(caps[8..], Mask2G);
        BinaryPrimitives.WriteUInt32LittleEndian(caps[12..], (_scene.Capabilities & RadioCapabilities.Band5G) != 0 ? Mask5G : 0);
        return CapsBytes;
    }

    public int GetLink(byte[] record)
    {
        if (_scene.Link is not { } link)
        {
            return RadioStatus.Unsupported;
        }

        if (record.Length < LinkBytes)
        {
            return RadioStatus.BufferTooSmall;
        }

        WriteLink(record.AsSpan(0, LinkBytes), link);
        return LinkBytes;
    }

    public int GetStations(byte[] records)
    {
        if (_scene.Stations is not { } stations)
        {
            return RadioStatus.Unsupported;
        }

        int count = Math.Min(stations.Count, MaxStations);
        if (records.Length < count * StationBytes)
        {
            return RadioStatus.BufferTooSmall;
        }

        for (int i = 0; i < count; i++)
        {
            Span<byte> record = records.AsSpan(i * StationBytes, StationBytes);
            stations[i].Mac.CopyTo(record);
            record[6] = (byte)stations[i].Rssi;
            record[7] = Phy11Bgn;
        }

        return count;
    }

    public int TakeChannels(byte[] records)
    {
        int count = _core.ReadChannels(records, clear: true);
        for (int i = 0; i < count; i++)
        {
            Beacons += ChannelRecord.Beacons(records, i * RadioCore.ChannelBytes);
        }

        return count;
    }

    public int GetTotals(byte[] record) => _core.ReadTotals(record);

    public int GetHealth(byte[] record)
    {
        if (record.Length < HealthBytes)
        {
            return RadioStatus.BufferTooSmall;
        }

        if (_health.NativeFreeKib < 0)
        {
            return RadioStatus.Unsupported;
        }

        WriteHealth(record.AsSpan(0, HealthBytes));
        return HealthBytes;
    }

    public int BeginDwell(int channel, int milliseconds) =>
        ChannelMap.IndexOf(channel) < 0 || milliseconds <= 0 ? RadioStatus.Unsupported : _scene.BeginDwell(channel, milliseconds);

    private void WriteLink(Span<byte> record, LinkState link)
    {
        BssLoad load = _core.BssLoadOf(link.Bssid, _clock.UptimeMs * 1000);
        record.Clear();
        record[0] = link.IsConnected ? (byte)1 : (byte)0;
        record[1] = (byte)link.Rssi;
        record[2] = link.Channel;
        link.Bssid.CopyTo(record[4..]);
        record[10] = Phy11Bgn;
        record[11] = Bandwidth20;
        record[12] = 0x80; // noise: not measured
        record[13] = link.LastReason;
        BinaryPrimitives.WriteUInt16LittleEndian(record[14..], (ushort)link.Disconnects);
        BinaryPrimitives.WriteUInt32LittleEndian(record[16..], (uint)link.ConnectedMs);
        BinaryPrimitives.WriteUInt16LittleEndian(record[20..], link.IsConnected ? load.Stations : ushort.MaxValue);
        record[22] = link.IsConnected ? load.Utilization : Unknown8;
        record[23] = link.IsConnected ? load.AgeSeconds : Unknown8;
    }

    private void WriteHealth(Span<byte> record)
    {
        uint free = (uint)_health.NativeFreeKib * 1024;
        record.Clear();
        record[0] = (byte)_health.ResetCause;
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], free);
        BinaryPrimitives.WriteUInt32LittleEndian(record[8..], free / 2);
        BinaryPrimitives.WriteUInt32LittleEndian(record[12..], free);
        Span<byte> totals = stackalloc byte[RadioCore.TotalsBytes];
        _core.ReadTotals(totals);
        totals[..4].CopyTo(record[20..]); // frames offered = calls of the frame callback
        BinaryPrimitives.WriteUInt32LittleEndian(record[24..], (uint)(_clock.UptimeMs / 1000));
    }
}
