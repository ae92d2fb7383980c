namespace GatewayAgent.VirtualDevice.Boards;

/// <summary>What a display says, in words.</summary>
/// <param name="Bar">0–100 %, or −1 = none.</param>
public sealed record ShownPage(string Title, string Figure, int Bar, string Words, string Detail)
{
    /// <summary>The lines that say something, from the top.</summary>
    public IEnumerable<string> Lines => new[] { Title, Figure, Words, Detail }.Where(line => line.Length > 0);
}
