namespace GatewayAgent.VirtualDevice.Captures;

/// <summary>Link-layer header types of capture files (tcpdump.org/linktypes.html), as far as they matter here.</summary>
internal static class LinkTypes
{
    public const int Bare80211 = 105;
    public const int Radiotap = 127;

    public static bool IsSupported(int linkType) => linkType is Bare80211 or Radiotap;

    /// <summary>Why a link type is refused, in a sentence that names it.</summary>
    public static string Refusal(int linkType) =>
        $"link type {linkType}{NameOf(linkType)} is not supported: captures need radiotap ({Radiotap}) or bare 802.11 ({Bare80211}) headers";

    private static string NameOf(int linkType) => linkType switch
    {
        1 => " (Ethernet)",
        101 => " (raw IP)",
        113 or 276 => " (Linux cooked)",
        119 => " (Prism)",
        163 => " (AVS)",
        192 => " (PPI)",
        195 or 230 => " (802.15.4)",
        251 or 256 => " (Bluetooth LE)",
        _ => "",
    };
}
