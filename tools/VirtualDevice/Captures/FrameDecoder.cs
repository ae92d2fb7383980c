using GatewayAgent.VirtualDevice.Native;

namespace GatewayAgent.VirtualDevice.Captures;

/// <summary>
/// Turns packets of a capture into frames for the radio core. Holds what one packet says about the next: which A-MPDU was under way.
/// </summary>
public sealed class FrameDecoder
{
    private const int FcsBytes = 4;

    private readonly DataPadding _padding = new();
    private uint? _ampdu;

    /// <summary>Decodes a packet.</summary>
    /// <param name="timestampUs">Uptime of the node that hears it.</param>
    /// <param name="frame">The frame from its frame control field on; valid until the next packet.</param>
    /// <returns>False when it cannot be told where the frame begins.</returns>
    public bool TryDecode(in CapturePacket packet, long timestampUs, out FrameInfo info, out ReadOnlyMemory<byte> frame)
    {
        info = new FrameInfo { TimestampUs = (ulong)timestampUs, Rssi = FrameInfo.RssiUnknown };
        frame = packet.Data;
        RadiotapHeader header = default;
        if (packet.LinkType == LinkTypes.Radiotap)
        {
            if (!RadiotapReader.TryRead(packet.Data.Span, out header))
            {
                return false;
            }

            frame = packet.Data[header.Length..];
        }

        RadiotapFlags flags = header.Flags ?? RadiotapFlags.None;
        info.Flags = FlagsOf(packet, flags);
        AddReception(ref info, header);
        AddModulation(ref info, header, flags);
        AddAggregation(ref info, header);
        if (packet.IsTruncated)
        {
            uint onAir = packet.OriginalLength - (uint)header.Length; // the original is longer than what holds the header
            info.OnAirLength = onAir + (uint)((info.Flags & FrameFlags.HasFcs) != 0 ? 0 : FcsBytes);
        }

        if ((flags & RadiotapFlags.DataPad) != 0)
        {
            frame = _padding.Remove(frame, ref info);
        }

        return true;
    }

    private static FrameFlags FlagsOf(in CapturePacket packet, RadiotapFlags flags)
    {
        bool hasFcs = packet.HasFcs || (flags & RadiotapFlags.FcsAtEnd) != 0;
        return (hasFcs ? FrameFlags.HasFcs : 0)
            | ((flags & RadiotapFlags.BadFcs) != 0 ? FrameFlags.BadFcs : 0)
            | ((flags & RadiotapFlags.ShortPreamble) != 0 ? FrameFlags.ShortPreamble : 0)
            | (packet.IsTruncated ? FrameFlags.Truncated : 0);
    }

    private static void AddReception(ref FrameInfo info, in RadiotapHeader header)
    {
        info.Rssi = header.SignalDbm ?? FrameInfo.RssiUnknown;
        info.Noise = header.NoiseDbm ?? FrameInfo.RssiUnknown;
        if (header.FrequencyMhz is { } mhz)
        {
            (info.Channel, info.Band) = Frequency.ToChannel(mhz);
        }
    }

    private static bool IsDsss(byte rate) => rate is 2 or 4 or 11 or 22;

    // What the newest format says counts: some receivers state a rate beside it that is not the frame's.
    private static void AddModulation(ref FrameInfo info, in RadiotapHeader header, RadiotapFlags flags)
    {
        if (header.He is { } he)
        {
            AddHe(ref info, he);
        }
        else if (header.Vht is { } vht)
        {
            AddVht(ref info, vht);
        }
        else if (header.Mcs is { HasIndex: true } mcs)
        {
            AddHt(ref info, mcs, flags);
        }
        else if (header.Rate is { } rate and > 0)
        {
            info.Phy = IsDsss(rate) ? Phy.Dsss : Phy.Ofdm;
            info.Rate100Kbps = (ushort)(rate * 5);
        }
    }

    private static void AddHt(ref FrameInfo info, RadiotapMcs mcs, RadiotapFlags flags)
    {
        bool isShort = mcs.IsShortGuardInterval || (flags & RadiotapFlags.ShortGuardInterval) != 0;
        info.Phy = Phy.Ht;
        info.Mcs = mcs.Index;
        info.BandwidthMhz = mcs.BandwidthMhz;
        info.StbcStreams = mcs.StbcStreams;
        info.Flags |= (isShort ? FrameFlags.ShortGuardInterval : 0)
            | (mcs.IsGreenfield ? FrameFlags.Greenfield : 0)
            | (mcs.IsLdpc ? FrameFlags.Ldpc : 0);
    }

    private static void AddVht(ref FrameInfo info, RadiotapVht vht)
    {
        int user = vht.User;
        if (user < 0)
        {
            return;
        }

        info.Phy = Phy.Vht;
        info.Mcs = vht.McsOf(user);
        info.BandwidthMhz = vht.BandwidthMhz;
        info.Streams = vht.StreamsOf(user);
        info.StbcStreams = vht.HasStbc ? info.Streams : (byte)0;
        info.Flags |= (vht.IsShortGuardInterval ? FrameFlags.ShortGuardInterval : 0)
            | (vht.IsLdpc(user) ? FrameFlags.Ldpc : 0)
            | (vht.HasExtraSymbol ? FrameFlags.ExtraSymbol : 0);
    }

    private static void AddHe(ref FrameInfo info, RadiotapHe he)
    {
        if (!he.HasMcs)
        {
            return;
        }

        info.Phy = he.Phy;
        info.Mcs = he.Mcs;
        info.BandwidthMhz = he.BandwidthMhz;
        info.ResourceUnit = he.ResourceUnit;
        info.Streams = he.Streams;
        info.StbcStreams = he.StbcStreams;
        info.HeGuardInterval = he.GuardInterval;
        info.HeTrainingField = he.TrainingField;
        info.Flags |= (he.IsLdpc ? FrameFlags.Ldpc : 0) | (he.IsDualCarrier ? FrameFlags.DualCarrier : 0);
    }

    private void AddAggregation(ref FrameInfo info, in RadiotapHeader header)
    {
        if (header.AmpduReference is { } reference)
        {
            info.Flags |= FrameFlags.InAmpdu | (reference == _ampdu ? FrameFlags.LaterInAmpdu : 0);
            _ampdu = reference;
        }
    }
}
