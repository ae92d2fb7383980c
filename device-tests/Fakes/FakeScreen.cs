using GatewayAgent.Indication;

namespace GatewayAgent.DeviceTests.Fakes;

/// <summary>A display that keeps its last page.</summary>
public sealed class FakeScreen : IScreen
{
    /// <summary>Null = dark.</summary>
    public string Title { get; private set; }

    public string Figure { get; private set; }

    public int Bar { get; private set; }

    public string Words { get; private set; }

    public string Detail { get; private set; }

    public int Pages { get; private set; }

    public void Show(string title, string figure, int bar, string words, string detail)
    {
        Title = title;
        Figure = figure;
        Bar = bar;
        Words = words;
        Detail = detail;
        Pages++;
    }
}
