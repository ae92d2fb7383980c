namespace GatewayAgent.Tests.Page;

/// <summary>The web page in a real browser, served by a real portal over stores in memory.</summary>
public sealed class PageTests(BrowserSession session) : IClassFixture<BrowserSession>
{
    public static TheoryData<string, string> Flows()
    {
        var flows = new TheoryData<string, string>();
        foreach ((string file, string name) in BrowserFlows.All())
        {
            flows.Add(file, name);
        }

        return flows;
    }

    [BrowserTheory]
    [MemberData(nameof(Flows))]
    public void In_a_browser(string about, string flow)
    {
        string? problem = session.Run(about, flow);
        Assert.True(problem == null, problem);
    }
}
