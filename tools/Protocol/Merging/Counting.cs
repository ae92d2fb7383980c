namespace GatewayAgent.Protocol.Merging;

/// <summary>Sums of 32 bits that stay at their largest value instead of beginning anew.</summary>
internal static class Counting
{
    public static uint Plus(this uint before, uint more)
    {
        uint sum = before + more;
        return sum < before ? uint.MaxValue : sum;
    }
}
