using System.Net;
using System.Text.Json;
using GatewayAgent.Portal.Documents;

namespace GatewayAgent.Tests.Portal;

public sealed class HomeApiTests : IDisposable
{
    private readonly PortalFixture _portal = PortalFixture.Open();

    public void Dispose() => _portal.Dispose();

    [Fact]
    public async Task The_fleet_is_told_in_numbers()
    {
        JsonElement fleet = await _portal.Json("/api/v1/fleet");

        Assert.Equal(3, fleet.GetProperty("homes").GetInt32());
        Assert.Equal((1, 1, 0, 1), (Band("good"), Band("fair"), Band("poor"), Band("unknown")));
        Assert.Equal(2, fleet.GetProperty("byCause").GetProperty("weakBackhaul").GetInt32());

        int Band(string name) => fleet.GetProperty("byBand").GetProperty(name).GetInt32();
    }

    [Theory]
    [InlineData("", "acme-1 acme-2 zen-1")]
    [InlineData("?prefix=acme", "acme-1 acme-2")]
    [InlineData("?gettingWorse=true", "acme-1")]
    [InlineData("?cause=weakBackhaul&order=worst", "acme-1 zen-1")]
    [InlineData("?cause=wanDown", "")]
    [InlineData("?order=worst&limit=2&skip=1", "zen-1 acme-2")]
    [InlineData("?assessedAfter=2026-11-17T12:19:59Z", "acme-1 zen-1")]
    [InlineData("?assessedAfter=2026-11-17T14:20:00%2B02:00", "")]
    public async Task Homes_are_listed_as_asked(string query, string expected)
    {
        JsonElement list = await _portal.Json("/api/v1/homes" + query);

        Assert.Equal(expected, string.Join(' ', list.GetProperty("homes").EnumerateArray().Select(home => home.GetProperty("home").GetString())));
    }

    [Fact]
    public async Task A_page_says_where_the_next_begins_and_the_last_does_not()
    {
        JsonElement first = await _portal.Json("/api/v1/homes?limit=2");
        JsonElement last = await _portal.Json("/api/v1/homes?limit=2&skip=2");

        Assert.Equal(2, first.GetProperty("next").GetInt32());
        Assert.False(last.TryGetProperty("next", out _));
    }

    [Fact]
    public async Task What_is_unknown_is_absent()
    {
        JsonElement home = (await _portal.Json("/api/v1/homes?prefix=acme-2")).GetProperty("homes")[0];

        Assert.False(home.TryGetProperty("index", out _));
        Assert.False(home.TryGetProperty("cause", out _));
        Assert.False(home.TryGetProperty("assessedAt", out _));
    }

    [Fact]
    public async Task A_home_shows_which_node_serves_which()
    {
        JsonElement home = await _portal.Json("/api/v1/homes/acme-1");

        Assert.Equal("node hall", Uplink("attic"));
        Assert.Equal("other ", Uplink("hall"));
        Assert.Equal("unknown ", Uplink("gateway"));
        Assert.Equal(-77.5, Node("attic").GetProperty("uplink").GetProperty("rssiDbm").GetDouble());
        Assert.Equal("companion", Node("gateway").GetProperty("role").GetString());
        Assert.Equal("backhaul", Node("attic").GetProperty("worstPart").GetString());

        JsonElement Node(string name) => home.GetProperty("nodes").EnumerateArray().Single(node => node.GetProperty("node").GetString() == name);
        string Uplink(string name)
        {
            JsonElement uplink = Node(name).GetProperty("uplink");
            return $"{uplink.GetProperty("kind").GetString()} {(uplink.TryGetProperty("parent", out JsonElement parent) ? parent.GetString() : "")}";
        }
    }

    [Fact]
    public async Task A_diagnosis_comes_with_its_evidence_and_what_was_ruled_out()
    {
        JsonElement assessment = await _portal.Json("/api/v1/homes/acme-1/assessment");
        JsonElement evidence = assessment.GetProperty("findings")[0].GetProperty("evidence")[0];

        Assert.Equal(82.5, assessment.GetProperty("index").GetDouble());
        Assert.Equal((-79, 61, "native"), (evidence.GetProperty("now").GetInt32(), evidence.GetProperty("ageSeconds").GetInt32(), evidence.GetProperty("source").GetString()));
        Assert.Equal("congestedChannel", assessment.GetProperty("dismissed")[0].GetProperty("cause").GetString());
        Assert.Equal(16_400, assessment.GetProperty("day").GetProperty("badSeconds").GetProperty("backhaul").GetInt32());
    }

    [Fact]
    public async Task A_home_that_was_not_assessed_is_not_said_to_be_well()
    {
        JsonElement problem = await PortalFixture.Problem(await _portal.Get("/api/v1/homes/acme-2/assessment"), 404);
        JsonElement home = await _portal.Json("/api/v1/homes/acme-2");

        Assert.Contains("not been assessed", problem.GetProperty("detail").GetString());
        Assert.False(home.TryGetProperty("index", out _));
        Assert.False(home.TryGetProperty("assessedAt", out _));
    }

    [Fact]
    public async Task Channels_are_heard_quiet_or_unknown()
    {
        JsonElement channels = (await _portal.Json("/api/v1/homes/acme-1/channels")).GetProperty("nodes")[0].GetProperty("channels");

        Assert.Equal(13, channels.GetArrayLength());
        Assert.Equal(("heard", "unknown", "quiet"), (State(1), State(2), State(13)));
        Assert.Equal(56, Of(6).GetProperty("utilization").GetDouble());
        Assert.False(Of(1).TryGetProperty("utilization", out _));
        Assert.False(Of(2).TryGetProperty("apCount", out _));
        Assert.True(Of(6).GetProperty("isOwn").GetBoolean());

        JsonElement Of(int channel) => channels.EnumerateArray().Single(row => row.GetProperty("channel").GetInt32() == channel);
        string? State(int channel) => Of(channel).GetProperty("state").GetString();
    }

    [Theory]
    [InlineData("from=2026-11-17T00:00:00Z", "windows", 300)]
    [InlineData("from=2026-11-15T13:00:00Z&points=100", "windows", 1800)]
    [InlineData("from=2026-11-15T00:00:00Z", "hours", 3600)]
    [InlineData("from=2026-11-10T00:00:00Z&points=10", "hours", 86_400)]
    public async Task A_series_has_no_more_points_than_asked_for(string query, string from, int step)
    {
        JsonElement set = await _portal.Json($"/api/v1/homes/acme-1/series?metric=linkRssi,utilization&node=attic&{query}");
        int points = set.GetProperty("times").GetArrayLength();

        Assert.Equal((from, step), (set.GetProperty("from").GetString(), set.GetProperty("stepSeconds").GetInt32()));
        Assert.InRange(points, 2, query.Contains("points=100", StringComparison.Ordinal) ? 100 : query.Contains("points=10", StringComparison.Ordinal) ? 10 : 500);
        Assert.All(set.GetProperty("series").EnumerateArray(), series => Assert.Equal(points, series.GetProperty("values").GetArrayLength()));
        Assert.Contains(Values(set, "linkRssi"), value => value == -77.5);
        Assert.Contains(Values(set, "utilization"), value => value == 56);
    }

    [Fact]
    public async Task A_gap_in_a_series_is_null()
    {
        JsonElement set = await _portal.Json("/api/v1/homes/acme-1/series?metric=linkRssi&node=gateway");

        Assert.All(Values(set, "linkRssi"), value => Assert.Null(value));
    }

    [Fact]
    public async Task Every_metric_can_be_drawn()
    {
        foreach (string[] names in GatewayAgent.Portal.Series.SeriesMetric.All.Select(metric => metric.Name).Chunk(10))
        {
            JsonElement set = await _portal.Json($"/api/v1/homes/acme-1/series?node=attic&metric={string.Join(',', names)}");
            Assert.Equal(names, set.GetProperty("series").EnumerateArray().Select(series => series.GetProperty("metric").GetString()));
        }
    }

    [Fact]
    public async Task Before_and_after_are_compared_by_the_hour()
    {
        JsonElement comparison = await _portal.Json("/api/v1/homes/acme-1/comparison?at=2026-11-16T12:20:00Z&hours=24");

        Assert.Equal("2026-11-16T12:00:00+00:00", comparison.GetProperty("before").GetProperty("to").GetString());
        Assert.Equal("2026-11-16T13:00:00+00:00", comparison.GetProperty("after").GetProperty("from").GetString());
        Assert.Equal(1, comparison.GetProperty("before").GetProperty("knownShare").GetDouble());
        Assert.Equal(83.3, comparison.GetProperty("after").GetProperty("users").GetProperty("score").GetDouble());
        Assert.Equal(83.3, comparison.GetProperty("before").GetProperty("index").GetDouble());
        Assert.True(comparison.GetProperty("enoughKnown").GetBoolean());
        Assert.Equal("tooEarly", comparison.GetProperty("verdict").GetString());
        Assert.NotEqual("", comparison.GetProperty("text").GetString());
        Assert.Equal(-77.5, comparison.GetProperty("nodes")[0].GetProperty("metrics")[0].GetProperty("before").GetDouble());
    }

    [Fact]
    public async Task A_comparison_with_little_known_says_so()
    {
        JsonElement comparison = await _portal.Json("/api/v1/homes/acme-1/comparison?at=2026-11-17T11:00:00Z&hours=48");

        Assert.False(comparison.GetProperty("enoughKnown").GetBoolean());
    }

    [Fact]
    public async Task The_quality_of_the_data_names_sources_and_ages()
    {
        JsonElement quality = await _portal.Json("/api/v1/homes/acme-1/quality");
        JsonElement link = quality.GetProperty("nodes")[0].GetProperty("groups")[0];

        Assert.Equal(2, quality.GetProperty("missingSequences").GetInt32());
        Assert.Equal(24, quality.GetProperty("nodes")[0].GetProperty("knownHours").GetInt32());
        Assert.Equal(("link", "native", 0), (link.GetProperty("group").GetString(), link.GetProperty("source").GetString(), link.GetProperty("ageSeconds").GetInt32()));
        Assert.False(quality.GetProperty("nodes")[1].GetProperty("groups")[0].TryGetProperty("ageSeconds", out _));
    }

    [Fact]
    public async Task Evidence_explains_itself()
    {
        JsonElement bundle = await _portal.Json("/api/v1/homes/acme-1/evidence");

        Assert.Equal("gateway-agent/evidence/1", bundle.GetProperty("schema").GetString());
        Assert.Contains(bundle.GetProperty("unknown").EnumerateArray(), text => text.GetString() == "Node gateway: its clients were not counted.");
        Assert.NotEqual(0, bundle.GetProperty("thresholds").GetArrayLength());
        Assert.True(bundle.GetProperty("glossary").TryGetProperty("utilization", out _));
        Assert.Equal(25, bundle.GetProperty("lastDay").GetProperty("times").GetArrayLength());
    }

    [Fact]
    public async Task Data_Elements_have_their_names_and_encodings_and_no_value_for_what_is_unknown()
    {
        JsonElement network = (await _portal.Json("/api/v1/homes/acme-1/data-elements")).GetProperty("Device.WiFi.DataElements.Network.");
        JsonElement attic = network.GetProperty("Device")[0];

        Assert.Equal(3, network.GetProperty("DeviceNumberOfEntries").GetInt32());
        Assert.Equal(65, attic.GetProperty("MultiAPDevice").GetProperty("Backhaul").GetProperty("Stats").GetProperty("SignalStrength").GetInt32());
        Assert.Equal(56, attic.GetProperty("Radio")[0].GetProperty("Utilization").GetInt32());
        Assert.Equal(2, attic.GetProperty("Radio")[0].GetProperty("BSS")[0].GetProperty("STANumberOfEntries").GetInt32());
        Assert.Equal(300_000, attic.GetProperty("CollectionInterval").GetInt32());
        Assert.False(network.GetProperty("Device")[1].TryGetProperty("MultiAPDevice", out _));
        Assert.False(attic.GetProperty("Radio")[0].TryGetProperty("Noise", out _));
    }

    [Fact]
    public async Task Reports_come_as_CSV()
    {
        using HttpResponseMessage response = await _portal.Get("/api/v1/homes/acme-1/reports.csv");

        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment; filename=acme-1.csv", response.Content.Headers.ContentDisposition?.ToString());
        Assert.Equal("node,start_s,channel\nattic,1,6\ngateway,1,6\nhall,1,6\n", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Rows_of_several_tables_come_under_one_header_however_they_are_written(int pieces)
    {
        var text = new StringWriter();
        var rows = new NodeRows(text);
        foreach ((string node, string table) in (IEnumerable<(string, string)>)[("a", "x,y\n1,2\n3,4\n"), ("b", "x,y\n"), ("c", "x,y\n5,6\n")])
        {
            rows.Begin(node);
            foreach (char[] piece in table.Chunk(pieces))
            {
                rows.Write(piece);
            }
        }

        Assert.Equal("node,x,y\na,1,2\na,3,4\nc,5,6\n", text.ToString());
    }

    [Theory]
    [InlineData("/api/v1/homes")]
    [InlineData("/api/v1/homes/acme-1")]
    [InlineData("/api/v1/homes/acme-1/reports.csv")]
    [InlineData("/api/v1/homes/nobody")]
    [InlineData("/metrics")]
    [InlineData("/")]
    public async Task HEAD_is_answered_as_GET_is_without_the_body(string path)
    {
        using HttpResponseMessage get = await _portal.Get(path);
        using HttpResponseMessage head = await _portal.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));

        Assert.Equal((get.StatusCode, get.Content.Headers.ContentType), (head.StatusCode, head.Content.Headers.ContentType));
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_stream_has_no_head()
    {
        using HttpResponseMessage head = await _portal.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/api/v1/live"));

        Assert.Equal((405, "GET"), ((int)head.StatusCode, Assert.Single(head.Content.Headers.Allow)));
    }

    [Fact]
    public async Task Answers_are_compressed_for_those_who_take_it()
    {
        foreach (string path in (string[])["/api/v1/homes/acme-1/evidence", "/api/v1/homes/acme-1/reports.csv"])
        {
            using HttpResponseMessage response = await _portal.Get(path, null, ("Accept-Encoding", "br"));
            Assert.Equal("br", Assert.Single(response.Content.Headers.ContentEncoding));
        }

        using HttpResponseMessage live = await _portal.Get("/api/v1/live", null, ("Accept-Encoding", "br"));
        Assert.DoesNotContain("br", live.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task Events_page_from_the_newest_on()
    {
        for (int key = 1; key <= 5; key++)
        {
            _portal.Store.Add(SampleHome.Event(key, key == 3 ? "zen-1" : "acme-1"));
        }

        JsonElement first = await _portal.Json("/api/v1/events?home=acme-1&limit=3");
        JsonElement second = await _portal.Json($"/api/v1/events?home=acme-1&limit=3&before={first.GetProperty("nextBefore").GetInt64()}");

        Assert.Equal([5, 4, 2], Keys(first));
        Assert.Equal([1], Keys(second));
        Assert.False(second.TryGetProperty("nextBefore", out _));
        Assert.StartsWith("backhaul median fell from -61 to -79 dBm since ", first.GetProperty("events")[0].GetProperty("text").GetString(), StringComparison.Ordinal);

        static IEnumerable<long> Keys(JsonElement list) => list.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("key").GetInt64());
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        using HttpResponseMessage first = await _portal.Get("/api/v1/homes");
        using HttpResponseMessage again = await _portal.Get("/api/v1/homes", null, ("If-None-Match", first.Headers.ETag!.ToString()));
        _portal.Store.With("acme-3", null);
        using HttpResponseMessage changed = await _portal.Get("/api/v1/homes", null, ("If-None-Match", first.Headers.ETag!.ToString()));

        Assert.Equal((HttpStatusCode.NotModified, 0), (again.StatusCode, (await again.Content.ReadAsByteArrayAsync()).Length));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal("no-cache, private", first.Headers.CacheControl?.ToString());
    }

    private static IEnumerable<double?> Values(JsonElement set, string metric) => set.GetProperty("series").EnumerateArray()
        .Single(series => series.GetProperty("metric").GetString() == metric)
        .GetProperty("values").EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? (double?)null : value.GetDouble());
}
