using GatewayAgent.Indication;

namespace GatewayAgent.VirtualDevice.Boards;

/// <summary>Passes pages on to the display, and keeps the last for those who cannot look at pixels.</summary>
internal sealed class ReadableScreen(IScreen display) : IScreen
{
    private volatile ShownPage? _page;

    /// <summary>Null = dark.</summary>
    public ShownPage? Page => _page;

    public void Show(string? title, string figure, int bar, string words, string detail)
    {
        _page = title == null ? null : new ShownPage(title, figure, bar, words, detail);
        display.Show(title, figure, bar, words, detail);
    }
}
