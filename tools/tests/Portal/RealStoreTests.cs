using System.Text.Json;
using GatewayAgent.Collector.Store;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Portal;
using GatewayAgent.Tests.Collector;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;

namespace GatewayAgent.Tests.Portal;

/// <summary>The routes over a store as a collector writes it: what the store in memory may have got wrong.</summary>
public sealed class RealStoreTests
{
    private static readonly string[] _paths =
    [
        "me", "fleet", "homes", "homes?order=worst", "homes?order=falling&prefix=acme", "homes?order=assessed&gettingWorse=true", "homes?cause=weakBackhaul", "events",
        "events?home=acme-1", "homes/acme-1", "homes/acme-1/series?metric=linkRssi,score,utilization", "homes/acme-1/series?metric=linkRssi&from=2026-11-01T00:00:00Z",
        "homes/acme-1/channels", "homes/acme-1/comparison?at=2026-11-17T06:00:00Z&hours=5", "homes/acme-1/quality", "homes/acme-1/evidence", "homes/acme-1/data-elements",
    ];

    [Fact]
    public async Task Every_document_can_be_made_of_what_a_collector_stored()
    {
        using var stored = new TemporaryStore { NowMs = SampleHome.Now.ToUnixTimeMilliseconds() };
        stored.Write([.. Messages("acme-1")]);
        using CollectorStore store = stored.Read();
        using PortalHost portal = PortalHost.Start(new PortalOptions(), store, null, NullLoggerFactory.Instance, new ManualClock(SampleHome.Now));
        using var http = new HttpClient { BaseAddress = new Uri(portal.Url, "/api/v1/") };

        foreach (string path in _paths)
        {
            using HttpResponseMessage response = await http.GetAsync(new Uri(path, UriKind.Relative));
            Assert.True(response.IsSuccessStatusCode, $"{path}: {await response.Content.ReadAsStringAsync()}");
        }

        JsonElement home = JsonDocument.Parse(await http.GetStringAsync("homes/acme-1")).RootElement;
        JsonElement attic = home.GetProperty("nodes")[0];
        string csv = await http.GetStringAsync("homes/acme-1/reports.csv");
        string metrics = await http.GetStringAsync("/metrics");

        Assert.Equal(("attic", "hall", -77.5), (attic.GetProperty("node").GetString(), attic.GetProperty("uplink").GetProperty("parent").GetString(), attic.GetProperty("uplink").GetProperty("rssiDbm").GetDouble()));
        Assert.True(csv.Split('\n').Length > 100);
        Assert.Contains("gateway_agent_reports_stored_total 120\n", metrics, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Topic, byte[] Payload)> Messages(string home)
    {
        foreach (NodeFacts node in SampleHome.Facts(home).Nodes)
        {
            string topic = $"gw/v1/{home}/{node.Node}";
            yield return ($"{topic}/state", node.Birth!.ToByteArray());
            uint sequence = 0;
            foreach (NodeWindow window in node.Windows.TakeLast(40))
            {
                window.Report.Sequence = ++sequence;
                window.Report.BootTime = node.Birth!.BootTime;
                yield return ($"{topic}/report", window.Report.ToByteArray());
            }

            yield return ($"{topic}/event", node.Notices[0].Event.ToByteArray());
        }
    }
}
