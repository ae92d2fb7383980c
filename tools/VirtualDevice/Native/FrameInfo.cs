using System.Runtime.InteropServices;

namespace GatewayAgent.VirtualDevice.Native;

/// <summary>What a receiver knows about one frame: <c>struct radio_frame_info</c> of radio_core.h.</summary>
[StructLayout(LayoutKind.Sequential, Size = 32)]
public record struct FrameInfo
{
    /// <summary>An RSSI that the receiver does not state.</summary>
    public const sbyte RssiUnknown = -128;

    /// <summary>Uptime, µs.</summary>
    public ulong TimestampUs;

    /// <summary>Bytes on the air, FCS included; needed of truncated frames only, 0 = unknown.</summary>
    public uint OnAirLength;

    public FrameFlags Flags;

    /// <summary>Rate in 100 kb/s, DSSS and OFDM.</summary>
    public ushort Rate100Kbps;

    /// <summary>Tuned channel, 0 = unknown.</summary>
    public byte Channel;

    public Band Band;

    /// <summary>dBm, or <see cref="RssiUnknown"/>.</summary>
    public sbyte Rssi;

    public Phy Phy;

    /// <summary>Modulation and coding scheme: HT 0–31, VHT 0–9, HE 0–11.</summary>
    public byte Mcs;

    /// <summary>HT: 20 or 40; VHT and HE: 20, 40, 80 or 160; 0 = unknown.</summary>
    public byte BandwidthMhz;

    /// <summary>VHT and HE: spatial streams, 1–8; 0 = unknown. Of HT the MCS tells.</summary>
    public byte Streams;

    /// <summary>Space-time streams beyond the spatial ones; 0 = no STBC.</summary>
    public byte StbcStreams;

    /// <summary>HE: a resource unit of 26, 52 or 106 tones; 0 = as many as the bandwidth has.</summary>
    public byte ResourceUnit;

    /// <summary>HE: 8, 16 or 32 tenths of a microsecond; 0 = unknown.</summary>
    public byte HeGuardInterval;

    /// <summary>HE: 1, 2 or 4 times the shortest long training field; 0 = unknown.</summary>
    public byte HeTrainingField;

    /// <summary>dBm on the tuned channel; 0 or −128 = not stated.</summary>
    public sbyte Noise;
}

/// <summary><c>enum radio_frame_flags</c>.</summary>
[Flags]
public enum FrameFlags : ushort
{
    None = 0,
    HasFcs = 1,
    BadFcs = 2,
    Truncated = 4,
    ShortGuardInterval = 8,
    ShortPreamble = 16,
    LaterInAmpdu = 32,
    InAmpdu = 64,
    Greenfield = 128,
    Ldpc = 256,
    ExtraSymbol = 512,
    DualCarrier = 1024,
}

/// <summary><c>enum radio_phy</c>.</summary>
public enum Phy : byte
{
    Unknown = 0,
    Dsss = 1,
    Ofdm = 2,
    Ht = 3,
    Vht = 4,
    HeSingleUser = 5,
    HeExtendedRange = 6,
    HeMultiUser = 7,
    HeTriggerBased = 8,
}

/// <summary><c>enum radio_band</c> of the tuned channel. Any other value is a band without channels in the core.</summary>
public enum Band : byte
{
    Unknown = 0,
    Band2G = 2,
    Band5G = 5,
    Band6G = 6,
}

/// <summary><c>struct radio_bss_load</c>: the newest BSS Load of one access point.</summary>
/// <param name="Stations">0xFFFF = unknown.</param>
/// <param name="Utilization">0–255 = 0–100 %; unknown when the age is.</param>
/// <param name="AgeSeconds">0–254; 255 = none known.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct BssLoad(ushort Stations, byte Utilization, byte AgeSeconds);
