using GatewayAgent.Protocol;

namespace GatewayAgent.Portal.Documents;

/// <summary>One number for a bin of a histogram.</summary>
internal static class BinValue
{
    /// <summary>The middle of the bin; of an open one its closed end.</summary>
    public static double Middle(BinBounds bin) => (bin.Least, bin.Most) switch
    {
        ({ } least, { } most) => (least + most) / 2.0,
        (var least, var most) => least ?? most ?? 0,
    };

    /// <summary>The largest value that the bin holds: "at most". Of an open one its closed end.</summary>
    public static double Most(BinBounds bin) => bin.Most ?? bin.Least ?? 0;
}
