namespace GatewayAgent.Indication;

/// <summary>
/// The display: a title, a large figure, a bar and two lines of words. Lines hold <see cref="Limits.ScreenColumns"/> characters of ASCII, the
/// figure <see cref="Limits.FigureColumns"/>. Called from one thread, only when something changed; no method throws.
/// </summary>
public interface IScreen
{
    /// <summary>Shows a page in place of the one before.</summary>
    /// <param name="title">Null: the display goes dark.</param>
    /// <param name="figure">Empty = none.</param>
    /// <param name="bar">0–100 % of its length, or −1 = none.</param>
    /// <param name="words">Empty = none.</param>
    /// <param name="detail">Empty = none.</param>
    void Show(string title, string figure, int bar, string words, string detail);
}
