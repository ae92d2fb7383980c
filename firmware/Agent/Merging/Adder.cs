namespace GatewayAgent.Merging;

/// <summary>
/// Adds in two passes over the same report: the first only finds out whether every sum fits in 32 bits and answers what was there before; the
/// second adds. So a report is added as a whole or not at all, without a copy of the sums.
/// </summary>
internal sealed class Adder
{
    /// <summary>True in the second pass.</summary>
    public bool Commits { get; private set; }

    /// <summary>A sum did not fit.</summary>
    public bool Overflowed { get; private set; }

    public void Start(bool commits)
    {
        Commits = commits;
        Overflowed = false;
    }

    public uint Sum(uint before, uint more)
    {
        uint sum = before + more;
        Overflowed |= sum < before;
        return Commits ? sum : before;
    }

    public uint Most(uint before, uint value) => Commits && value > before ? value : before;

    public uint Least(uint before, uint value) => Commits && value < before ? value : before;

    /// <summary>The newer value, if there is one; 0 = none.</summary>
    public uint Latest(uint before, uint value) => Commits && value != 0 ? value : before;
}
