using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GatewayAgent.Portal;
using GatewayAgent.Portal.Webhooks;
using Microsoft.Extensions.Logging.Abstractions;

namespace GatewayAgent.Tests.Portal;

public sealed class WebhookTests : IDisposable
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portal tests ");
    private readonly FakeStore _store = new();
    private readonly ManualClock _clock = new(SampleHome.Now);
    private readonly Receiver _receiver = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_signature_is_that_of_Standard_Webhooks()
    {
        // The vector of the specification's reference libraries.
        string signature = WebhookSignature.Sign(WebhookSignature.KeyOf(Secret)!, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}""");

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
    }

    [Fact]
    public async Task An_event_is_delivered_once_signed_and_with_its_number()
    {
        WebhookEndpoint endpoint = Endpoint();
        await endpoint.Step(default);
        _store.Add(SampleHome.Event(5, "acme-1"));

        await Drain(endpoint);

        Received message = Assert.Single(_receiver.Messages);
        Assert.Equal("event/acme-1/attic/00000007/5", message.Id);
        Assert.Equal(_clock.GetUtcNow().ToUnixTimeSeconds().ToString(), message.Timestamp);
        Assert.Equal(SignatureOf(message), message.Signature);
        JsonElement body = JsonDocument.Parse(message.Body).RootElement;
        Assert.Equal(("event", "acme-1"), (body.GetProperty("type").GetString(), body.GetProperty("data").GetProperty("home").GetString()));
        Assert.Equal((1, 0), (endpoint.Delivered, endpoint.Failures));
    }

    [Fact]
    public async Task Whoever_is_new_is_not_told_of_the_past()
    {
        _store.With("acme-1", SampleHome.Assessment("acme-1"));
        _store.Add(SampleHome.Event(1, "acme-1"));
        WebhookEndpoint endpoint = Endpoint();

        await Drain(endpoint);

        Assert.Empty(_receiver.Messages);
    }

    [Fact]
    public async Task Only_homes_of_its_own_are_told_and_in_order()
    {
        WebhookEndpoint endpoint = Endpoint();
        await endpoint.Step(default);
        for (int key = 1; key <= 600; key++)
        {
            _store.Add(SampleHome.Event(key, key % 100 == 0 ? "acme-1" : "zen-1"));
        }

        await Drain(endpoint);

        Assert.Equal([100, 200, 300, 400, 500, 600], _receiver.Messages.Select(message => int.Parse(message.Id.Split('/')[^1])));
    }

    [Fact]
    public async Task A_failure_is_tried_again_later_each_time_with_the_same_number_and_body()
    {
        WebhookEndpoint endpoint = Endpoint();
        await endpoint.Step(default);
        _store.Add(SampleHome.Event(1, "acme-1"));
        _store.Add(SampleHome.Event(2, "acme-1"));
        _receiver.Statuses = [500, 301, 400];
        TimeSpan[] pauses = [await Step(endpoint), await Step(endpoint), await Step(endpoint)];
        await Drain(endpoint);

        Assert.Equal(["1", "1", "1", "1", "2"], _receiver.Messages.Select(message => message.Id.Split('/')[^1]));
        Assert.Single(_receiver.Messages.Take(4).Select(message => message.Body).Distinct());
        Assert.Equal(4, _receiver.Messages.Take(4).Select(message => message.Signature).Distinct().Count());
        Assert.All(pauses.Select((pause, i) => pause.TotalSeconds / (5 * Math.Pow(2, i))), ratio => Assert.InRange(ratio, 0.8, 1.2));
        Assert.Equal((2, 3), (endpoint.Delivered, endpoint.Failures));
    }

    [Fact]
    public async Task An_endpoint_that_stays_away_is_given_up_after_hours_and_goes_on_after_a_restart()
    {
        WebhookEndpoint endpoint = Endpoint();
        await endpoint.Step(default);
        _store.Add(SampleHome.Event(1, "acme-1"));
        _receiver.Standard = HttpStatusCode.ServiceUnavailable;
        TimeSpan tried = TimeSpan.Zero;
        for (TimeSpan pause = await endpoint.Step(default); pause != Timeout.InfiniteTimeSpan; pause = await endpoint.Step(default))
        {
            Assert.True(pause <= TimeSpan.FromHours(1.2));
            tried += pause;
        }

        Assert.True(endpoint.IsDisabled);
        Assert.InRange(tried, TimeSpan.FromHours(5), TimeSpan.FromHours(12));
        Assert.Equal(Timeout.InfiniteTimeSpan, await endpoint.Step(default));
        Assert.Equal(WebhookEndpoint.MaxAttempts, _receiver.Messages.Count);

        _receiver.Standard = HttpStatusCode.NoContent;
        _store.Add(SampleHome.Event(2, "acme-1"));
        await Drain(Endpoint());

        Assert.Equal(["1", "2"], _receiver.Messages.Skip(WebhookEndpoint.MaxAttempts).Select(message => message.Id.Split('/')[^1]));
    }

    [Fact]
    public async Task Who_answers_gone_is_told_no_more()
    {
        WebhookEndpoint endpoint = Endpoint();
        await endpoint.Step(default);
        _store.Add(SampleHome.Event(1, "acme-1"));
        _receiver.Standard = HttpStatusCode.Gone;

        await endpoint.Step(default);

        Assert.True(endpoint.IsDisabled);
        Assert.Single(_receiver.Messages);
    }

    [Fact]
    public async Task A_restart_goes_on_where_it_was()
    {
        WebhookEndpoint first = Endpoint();
        await first.Step(default);
        _store.Add(SampleHome.Event(1, "acme-1"));
        _store.Add(SampleHome.Event(2, "acme-1"));
        await Step(first);
        await Drain(Endpoint());

        Assert.Equal(["1", "2"], _receiver.Messages.Select(message => message.Id.Split('/')[^1]));
    }

    [Fact]
    public async Task What_was_being_told_at_a_kill_is_told_again_with_the_same_number_and_body()
    {
        WebhookEndpoint killed = Endpoint();
        await killed.Step(default);
        _store.With("acme-1", SampleHome.Assessment("acme-1"));
        _clock.Advance(TimeSpan.FromMinutes(1));
        _receiver.Statuses = [503];
        await Step(killed);
        _clock.Advance(TimeSpan.FromHours(1));
        await Drain(Endpoint());

        Assert.Equal(2, _receiver.Messages.Count);
        Assert.Single(_receiver.Messages.Select(message => (message.Id, message.Body)).Distinct());
    }

    [Fact]
    public async Task A_home_that_got_worse_and_is_back_is_told_once_each()
    {
        _store.With("acme-1", SampleHome.Assessment("acme-1", 95, isGettingWorse: false));
        WebhookEndpoint endpoint = Endpoint();
        await endpoint.Step(default);
        await AtEachLook(true, true, false, false, true);

        Assert.Equal(["home.worse", "home.better", "home.worse"], _receiver.Messages.Select(message => JsonDocument.Parse(message.Body).RootElement.GetProperty("type").GetString()));
        Assert.Equal(3, _receiver.Messages.Select(message => message.Id).Distinct().Count());

        async Task AtEachLook(params bool[] isWorse)
        {
            foreach (bool now in isWorse)
            {
                _store.With("acme-1", SampleHome.Assessment("acme-1", now ? 60 : 95, now));
                _clock.Advance(TimeSpan.FromMinutes(1));
                await Drain(endpoint);
            }
        }
    }

    [Fact]
    public async Task Kinds_that_were_not_asked_for_are_not_told()
    {
        WebhookEndpoint endpoint = Endpoint(WebhookKind.HomeBetter);
        await endpoint.Step(default);
        _store.Add(SampleHome.Event(1, "acme-1"));
        _store.With("acme-1", SampleHome.Assessment("acme-1"));
        _clock.Advance(TimeSpan.FromMinutes(1));
        await Drain(endpoint);
        Assert.Empty(_receiver.Messages);

        _store.With("acme-1", SampleHome.Assessment("acme-1", 95, isGettingWorse: false));
        _clock.Advance(TimeSpan.FromMinutes(1));
        await Drain(endpoint);
        Assert.StartsWith("better/", Assert.Single(_receiver.Messages).Id, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_fails_loses_nothing()
    {
        WebhookEndpoint endpoint = Endpoint();
        await endpoint.Step(default);
        _store.Add(SampleHome.Event(1, "acme-1"));
        _store.Failure = new IOException("away");
        await Assert.ThrowsAsync<IOException>(() => endpoint.Step(default));
        _store.Failure = null;
        await Drain(endpoint);

        Assert.Single(_receiver.Messages);
    }

    [Theory]
    [InlineData("http://crm.example.net/", true, "https")]
    [InlineData("http://127.0.0.1/", false, "https")]
    [InlineData("ftp://crm.example.net/", true, "https")]
    [InlineData("file:///etc/passwd", true, "https")]
    [InlineData("https://user:secret@crm.example.net/", true, "password")]
    [InlineData("/relative", true, "https")]
    [InlineData("", true, "https")]
    public void A_URL_that_is_not_safe_is_refused(string url, bool allowLocal, string reason)
    {
        PortalException refusal = Assert.Throws<PortalException>(() => WebhookCheck.UrlOf(Entry() with { Url = url }, allowLocal));

        Assert.Contains("'crm'", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("user:secret", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_not base64!")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("")]
    public void A_secret_that_is_weak_is_refused_and_not_repeated(string secret)
    {
        PortalException refusal = Assert.Throws<PortalException>(() => WebhookCheck.KeyOf(Entry() with { Secret = secret }));

        Assert.True(secret.Length == 0 || !refusal.Message.Contains(secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1.1.1.1", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:1.1.1.1", true)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    public void Addresses_are_out_in_the_internet_or_not(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicAddresses.Contains(IPAddress.Parse(address)));

    [Fact]
    public async Task A_name_that_leads_to_this_machine_is_not_asked()
    {
        using var portal = PortalFixture.Open();
        using var client = new WebhookClient(allowLocal: false, _clock);
        WebhookMessage message = WebhookMessage.Of(SampleHome.Event(1, "acme-1"));

        (Delivery result, string? reason) = await client.Send(new Uri($"https://localhost:{portal.Url.Port}/"), WebhookSignature.KeyOf(Secret)!, message, default);

        Assert.Equal(Delivery.Failed, result);
        Assert.Contains("not in the internet", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_reaches_a_real_server_and_a_redirect_is_not_followed()
    {
        using var portal = PortalFixture.Open();
        using var client = new WebhookClient(allowLocal: true, _clock);
        WebhookMessage message = WebhookMessage.Of(SampleHome.Event(1, "acme-1"));

        (Delivery refused, string? reason) = await client.Send(new Uri(portal.Url, "/api/v1/fleet"), WebhookSignature.KeyOf(Secret)!, message, default);
        (Delivery unreachable, _) = await client.Send(new Uri("http://127.0.0.1:1/"), WebhookSignature.KeyOf(Secret)!, message, default);

        Assert.Equal((Delivery.Failed, "answered 405", Delivery.Failed), (refused, reason, unreachable));
    }

    [Fact]
    public void A_file_that_cannot_be_used_keeps_the_portal_from_starting()
    {
        string file = Path.Combine(_folder.FullName, "hooks.json");
        string entry = JsonSerializer.Serialize(Entry(), GatewayAgent.Portal.Access.ConfigJson.Options);
        foreach ((string text, string reason) in new[]
        {
            ("{", "JSON"),
            ($$"""{"endpoints":[{{entry}},{{entry}}]}""", "twice"),
            ($$"""{"endpoints":[{{entry.Replace("\"crm\"", "\"../crm\"", StringComparison.Ordinal)}}]}""", "'../crm'"),
            ($$"""{"endpoints":[{{entry.Replace("acme-", "*-", StringComparison.Ordinal)}}]}""", "homes"),
            ($$"""{"endpoints":[{{entry.Replace("https", "http", StringComparison.Ordinal)}}]}""", "https"),
        })
        {
            File.WriteAllText(file, text);
            PortalException refusal = Assert.Throws<PortalException>(() =>
                PortalHost.Start(new PortalOptions { WebhookFile = file }, _store, log: NullLoggerFactory.Instance));
            Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        }
    }

    private static WebhookEntry Entry(params WebhookKind[] kinds) =>
        new("crm", "https://crm.example.net/hook", Secret, ["acme-"], kinds.Length == 0 ? Enum.GetValues<WebhookKind>() : kinds);

    private WebhookEndpoint Endpoint(params WebhookKind[] kinds) => new(
        Entry(kinds), false, _folder.FullName, _store, new WebhookClient(_receiver, _clock), _clock, NullLogger.Instance, new Random(1));

    // A step ends with a pause when it has failed or nothing is left; a failed one is not waited for here.
    private static async Task Drain(WebhookEndpoint endpoint)
    {
        while (await endpoint.Step(default) == TimeSpan.Zero)
        {
        }
    }

    private async Task<TimeSpan> Step(WebhookEndpoint endpoint)
    {
        TimeSpan pause = await endpoint.Step(default);
        _clock.Advance(pause);
        return pause;
    }

    private static string SignatureOf(Received message)
    {
        byte[] key = Convert.FromBase64String(Secret["whsec_".Length..]);
        byte[] signed = Encoding.UTF8.GetBytes($"{message.Id}.{message.Timestamp}.{message.Body}");
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
    }

    private sealed record Received(string Id, string Timestamp, string Signature, string Body);

    /// <summary>Answers with the statuses it was told, then with the standard one.</summary>
    private sealed class Receiver : HttpMessageHandler
    {
        public List<Received> Messages { get; } = [];

        public Queue<int> Pending { get; private set; } = new();

        public IEnumerable<int> Statuses
        {
            set => Pending = new Queue<int>(value);
        }

        public HttpStatusCode Standard { get; set; } = HttpStatusCode.NoContent;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Messages.Add(new Received(
                Header("webhook-id"), Header("webhook-timestamp"), Header("webhook-signature"), await request.Content!.ReadAsStringAsync(cancellationToken)));
            return new HttpResponseMessage(Pending.TryDequeue(out int status) ? (HttpStatusCode)status : Standard);

            string Header(string name) => request.Headers.GetValues(name).Single();
        }
    }
}
