namespace GatewayAgent.SurfaceCheck;

/// <summary>One thing in the firmware that would not work on the device.</summary>
/// <param name="File">Path below the repository's root, with forward slashes.</param>
/// <param name="Line">From 1; 0 when the finding is about the whole file.</param>
/// <param name="Column">From 1; 0 when the finding is about the whole line.</param>
/// <param name="Rule">Which rule; see <see cref="Rule"/>.</param>
/// <param name="Subject">The member, the construct or the file that is meant.</param>
/// <param name="Reason">Why it does not work, and what to use instead.</param>
public sealed record Finding(string File, int Line, int Column, Rule Rule, string Subject, string Reason)
{
    /// <summary><c>file:line:col: GW1002 string.Replace: reason</c>, which editors turn into a link.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}: GW{(int)Rule} {Subject}: {Reason}";
}
