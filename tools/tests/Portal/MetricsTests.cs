using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using GatewayAgent.Collector;
using GatewayAgent.Collector.Store;
using GatewayAgent.Portal;
using GatewayAgent.Portal.Metrics;

namespace GatewayAgent.Tests.Portal;

public sealed partial class MetricsTests
{
    private static readonly CollectorVitals _well = new()
    {
        IsConnected = true,
        IsStoreWritable = true,
        QueueLength = 5,
        QueueCapacity = 8192,
        Batches = 7,
        BatchMessages = 700,
        BatchSeconds = 0.35,
        LongestBatchSeconds = 0.125,
        WriteFailures = 0,
        AcksSent = 650,
        AcksFailed = 1,
        Disconnects = 2,
        Assessments = 3,
        AssessorLag = TimeSpan.FromSeconds(20),
    };

    [PromtoolFact]
    public async Task Promtool_finds_nothing_to_complain_of()
    {
        using PortalFixture portal = Everything();

        (int exitCode, string said) = await Promtool.Run(await Text(portal), "check", "metrics");

        Assert.Equal((0, ""), (exitCode, said));
    }

    [PromtoolFact]
    public async Task The_alert_rules_are_sound_and_do_what_their_tests_say()
    {
        string rules = Path.Combine(SharedData.RepositoryRoot, "docs/operations/alerts.yml");
        string tests = Path.Combine(SharedData.RepositoryRoot, "docs/operations/alerts.test.yml");
        string config = Path.Combine(SharedData.RepositoryRoot, "docs/operations/prometheus.yml");

        foreach (string[] check in (string[][])[["check", "rules", rules], ["test", "rules", tests], ["check", "config", config]])
        {
            (int exitCode, string said) = await Promtool.Run("", check);
            Assert.True(exitCode == 0, said);
        }
    }

    [Fact]
    public async Task Every_metric_that_a_rule_names_exists()
    {
        string rules = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "docs/operations/alerts.yml"));
        using PortalFixture portal = Everything();
        string text = await Text(portal);

        IEnumerable<string> named = MetricName().Matches(rules).Select(match => match.Value).Distinct();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Matches($"(?m)^{name}[ {{]", text));
    }

    [Fact]
    public async Task What_the_collector_does_is_told_in_numbers()
    {
        using PortalFixture portal = Everything();
        portal.Store.Numbers = new CollectorCounters { Received = 12, Stored = 9, Rejected = 2, Overlaps = 1 };
        string[] lines = (await Text(portal)).Split('\n');

        Assert.Contains("gateway_agent_messages_received_total 12", lines);
        Assert.Contains("gateway_agent_messages_rejected_total{reason=\"overlap\"} 1", lines);
        Assert.Contains("gateway_agent_batch_duration_seconds_sum 0.35", lines);
        Assert.Contains("gateway_agent_homes{band=\"unknown\"} 1", lines);
        Assert.Contains("gateway_agent_homes_by_cause{cause=\"weak_backhaul\"} 2", lines);
        Assert.Contains("gateway_agent_assessor_lag_seconds 20", lines);
        Assert.Contains("gateway_agent_webhook_disabled{endpoint=\"crm\"} 0", lines);
    }

    [Fact]
    public async Task However_many_homes_there_are_the_metrics_are_as_many()
    {
        using PortalFixture portal = Everything();
        int before = (await Text(portal)).Count(c => c == '\n');
        for (int i = 0; i < 1000; i++)
        {
            portal.Store.With($"many-{i}", null);
        }

        portal.Clock.Advance(PortalLimits.FleetAge);
        string after = await Text(portal);

        Assert.Equal(before, after.Count(c => c == '\n'));
        Assert.Contains("gateway_agent_homes{band=\"unknown\"} 1001", after, StringComparison.Ordinal);
        Assert.DoesNotContain("many-", after, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_holds_whatever_it_has_to()
    {
        var text = new MetricsText();
        text.Gauge("x", "help", "label", [("a\"b\\c\nd", 1.5)]);

        Assert.EndsWith("x{label=\"a\\\"b\\\\c\\nd\"} 1.5\n", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collector_that_does_its_work_is_ready()
    {
        using var portal = PortalFixture.Open(vitals: () => _well);

        Assert.Equal("live", (await portal.Json("/health/live")).GetProperty("status").GetString());
        Assert.Equal("ready", (await portal.Json("/health/ready")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_collector_that_does_not_says_why()
    {
        CollectorVitals vitals = _well with { IsConnected = false, IsStoreWritable = false, AssessorLag = TimeSpan.FromHours(1) };
        using var portal = PortalFixture.Open(vitals: () => vitals);
        portal.Store.Failure = new CollectorStoreException("away");

        using HttpResponseMessage response = await portal.Get("/health/ready");
        JsonElement health = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "notReady", 4), (response.StatusCode, health.GetProperty("status").GetString(), health.GetProperty("problems").GetArrayLength()));
        Assert.Equal(HttpStatusCode.OK, (await portal.Get("/health/live")).StatusCode);
    }

    private static PortalFixture Everything()
    {
        string hooks = Path.Combine(Path.GetTempPath(), $"hooks-{Guid.NewGuid():N}.json");
        try
        {
            File.WriteAllText(hooks, """{"endpoints":[{"id":"crm","url":"https://crm.example.net/","secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw","homes":["*"],"kinds":["event"]}]}""");
            return PortalFixture.WithTokens(options => options with { WebhookFile = hooks, WebhookState = Path.Combine(Path.GetDirectoryName(options.TokenFile)!, "state") }, () => _well);
        }
        finally
        {
            File.Delete(hooks);
        }
    }

    private static async Task<string> Text(PortalFixture portal)
    {
        using HttpResponseMessage response = await portal.Get("/metrics");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        return await response.Content.ReadAsStringAsync();
    }

    [GeneratedRegex("gateway_agent_[a-z_]+")]
    private static partial Regex MetricName();
}
