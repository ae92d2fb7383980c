namespace GatewayAgent.VirtualDevice.Captures;

/// <summary>One packet of a capture.</summary>
/// <param name="TimeNs">Unix time, ns; 0 = the file states none.</param>
/// <param name="LinkType">105 or 127.</param>
/// <param name="Data">What was captured. Valid until the next packet is read.</param>
/// <param name="OriginalLength">Bytes that there were; more than <paramref name="Data"/> has when it was cut.</param>
/// <param name="HasFcs">The file says that 802.11 frames end with their FCS.</param>
public readonly record struct CapturePacket(long TimeNs, int LinkType, ReadOnlyMemory<byte> Data, uint OriginalLength, bool HasFcs)
{
    /// <summary>Fewer bytes were captured than there were.</summary>
    public bool IsTruncated => OriginalLength > Data.Length;
}
