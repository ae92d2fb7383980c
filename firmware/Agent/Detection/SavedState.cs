using System;
using GatewayAgent.Storage;

namespace GatewayAgent.Detection;

/// <summary>
/// What outlives a reboot, in a fixed layout: version, metrics that wait to be told, Unix seconds of the save (0 = unknown), the state and
/// the last values of each metric, check. Little-endian.
/// </summary>
public static class SavedState
{
    private const byte Version = 1;
    private const int WaitingOffset = 1, SavedAtOffset = 2, HeadBytes = 6, MetricBytes = 21, CheckBytes = 4;

    /// <summary>Length of a saved state.</summary>
    public const int Bytes = HeadBytes + (Metric.Count * (MetricBytes + Limits.EvidenceValues)) + CheckBytes;

    internal static void Write(byte[] buffer, ChangeDetector detector, int waiting, int uptime, uint unixSeconds)
    {
        buffer[0] = Version;
        buffer[WaitingOffset] = (byte)waiting;
        Put(buffer, SavedAtOffset, (int)unixSeconds, 4);
        int at = HeadBytes;
        for (int i = 0; i < detector.States.Length; i++)
        {
            int field = i % ChangeDetector.Fields;
            Put(buffer, at, detector.States[i] - (field == ChangeDetector.Since ? uptime : 0), WidthOf(field));
            at += WidthOf(field);
        }

        Array.Copy(detector.Evidences, 0, buffer, at, detector.Evidences.Length);
        Put(buffer, Bytes - CheckBytes, (int)Check(buffer), CheckBytes);
    }

    internal static bool IsSound(byte[] buffer, int length) =>
        length == Bytes && buffer.Length >= Bytes && buffer[0] == Version && Take(buffer, Bytes - CheckBytes, CheckBytes) == (int)Check(buffer);

    /// <returns>The metrics that wait to be told.</returns>
    internal static int Read(byte[] buffer, ChangeDetector detector, int uptime, out uint unixSeconds)
    {
        unixSeconds = (uint)Take(buffer, SavedAtOffset, 4);
        int at = HeadBytes;
        for (int i = 0; i < detector.States.Length; i++)
        {
            int field = i % ChangeDetector.Fields;
            detector.States[i] = Take(buffer, at, WidthOf(field)) + (field == ChangeDetector.Since ? uptime : 0);
            at += WidthOf(field);
        }

        Array.Copy(buffer, at, detector.Evidences, 0, detector.Evidences.Length);
        return buffer[WaitingOffset];
    }

    private static int WidthOf(int field) => field switch
    {
        ChangeDetector.Mean => 4,
        ChangeDetector.Spread => 4,
        ChangeDetector.Since => 4,
        ChangeDetector.State => 1,
        _ => 2,
    };

    private static void Put(byte[] buffer, int at, int value, int bytes)
    {
        for (int i = 0; i < bytes; i++)
        {
            buffer[at + i] = (byte)(value >> (8 * i));
        }
    }

    // Only whole numbers of four bytes can be negative.
    private static int Take(byte[] buffer, int at, int bytes)
    {
        int value = 0;
        for (int i = 0; i < bytes; i++)
        {
            value |= buffer[at + i] << (8 * i);
        }

        return value;
    }

    private static uint Check(byte[] buffer) => Crc32.Of(buffer, 0, Bytes - CheckBytes);
}
