using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GatewayAgent.Control;
using GatewayAgent.Device.Control;
using GatewayAgent.DeviceTests.Fakes;
using GatewayAgent.Uplink;

namespace GatewayAgent.Tests.Control;

/// <summary>Whatever comes as a configuration: the running one is untouched and a reason is given, or it was sound as a whole.</summary>
public sealed class ConfigPropertyTests
{
    private const string Secret = "hunter2";

    private readonly FakeClock _clock = new();
    private readonly RecordingUser _user = new();
    private readonly AgentSettings _provisioned = Provisioned();
    private readonly ConfigLife _life;

    public ConfigPropertyTests()
    {
        var store = new ConfigStore(new ControlFlash(), new JsonConfig(), _provisioned);
        store.Load();
        _life = new ConfigLife(store, _clock, new FakeTransport(), _user, _user);
    }

    [Fact]
    public void A_sound_configuration_is_taken_whole()
    {
        Hear(JsonTexts.Config);

        AgentSettings settings = Assert.Single(_user.Applied);
        Assert.Equal((120, Assurance.Broker, Role.Companion), (settings.WindowSeconds, settings.Assurance, settings.Role));
        Assert.Equal((5000, 100, 30, 60000), (settings.SurveyPeriodMs, settings.DwellMs, settings.BusyUtilization, settings.BusyHoldOffMs));
        Assert.Equal(((1u << 1) | (1u << 6) | (1u << 11), (1u << 1) | (1u << 9) | (1u << 21)), (settings.SurveyChannels2g, settings.SurveyChannels5g));
        Assert.Equal(("b.example", 8883, true), (settings.BrokerHost, settings.BrokerPort, settings.BrokerTls));
        Assert.Equal((true, false, 40, 0), (settings.SsidHash, settings.StationHash, settings.LightBrightness, settings.LightIdleBrightness));
        Assert.Equal(("h1", "n1", Secret), (settings.Home, settings.Node, settings.BrokerPassword));
    }

    [Fact]
    public void Any_text_is_refused_with_a_reason_or_sound_as_a_whole()
    {
        int refused = 0, sound = 0;
        Check(JsonTexts.Any(), text =>
        {
            int applied = _user.Applied.Count;
            Hear(text);
            if (_life.Status == ConfigStatus.Trial)
            {
                Assert.Null(_user.Applied[^1].Validate());
                sound++;
                return;
            }

            Assert.Equal(applied, _user.Applied.Count);
            AssertRefused();
            refused++;
        });
        Assert.True(refused > 1000 && sound > 20, $"{refused} refused, {sound} sound: too few of a kind");
    }

    [Fact]
    public void Cut_at_any_byte_a_configuration_is_refused()
    {
        for (int length = 1; length < JsonTexts.Config.Length; length++)
        {
            Hear(JsonTexts.Config[..length]);
            AssertRefused();
        }

        Assert.Empty(_user.Applied);
    }

    [Fact]
    public void Any_bytes_are_refused_with_a_reason()
    {
        Check(ArbMap.Default.GeneratorFor<byte[]>().Where(bytes => bytes.Length > 0), bytes =>
        {
            _life.Take(bytes, bytes.Length);
            AssertRefused();
        });
        Assert.Empty(_user.Applied);
    }

    [Theory]
    [InlineData("""{"windowSeconds":60}""", "version: must be stated, from 1")]
    [InlineData("""{"version":0}""", "version: must be stated, from 1")]
    [InlineData("""{"version":"7"}""", "version: must be a whole number")]
    [InlineData("""{"version":7,"windowSeconds":59}""", "windowSeconds: 59 is not within 60–3600")]
    [InlineData("""{"version":7,"windowSeconds":null}""", "windowSeconds: must be a whole number")]
    [InlineData("""{"version":7,"windowSeconds":60.5}""", "windowSeconds: 60 must be a whole number")]
    [InlineData("""{"version":7,"windowSeconds":3000000000}""", "windowSeconds: 3000000000 is too large")]
    [InlineData("""{"version":7,"windowSecond":60}""", "windowSecond: is not known; known are version windowSeconds assurance role survey")]
    [InlineData("""{"version":7,"assurance":"nobody"}""", "assurance: 'nobody' is neither collector nor broker")]
    [InlineData("""{"version":7,"role":1}""", "role: must be a text")]
    [InlineData("""{"version":7,"survey":[]}""", "survey: must be an object")]
    [InlineData("""{"version":7,"survey":{"dwellMs":5000}}""", "survey.dwellMs: 5000 is not within 20–1000")]
    [InlineData("""{"version":7,"survey":{"channels2g":[1,15]}}""", "survey.channels2g: 15 is no channel of this band")]
    [InlineData("""{"version":7,"survey":{"channels5g":[6]}}""", "survey.channels5g: 6 is no channel of this band")]
    [InlineData("""{"version":7,"survey":{"channels5g":["36"]}}""", "survey.channels5g: an entry is no channel of this band")]
    [InlineData("""{"version":7,"survey":{"channels2g":6}}""", "survey.channels2g: must be a list")]
    [InlineData("""{"version":7,"detection":{"sensitivity":1}}""", "detection.sensitivity: 1 is not within 25–400")]
    [InlineData("""{"version":7,"detection":{"metrics":["noise"]}}""", "detection.metrics: 'noise' is no metric")]
    [InlineData("""{"version":7,"broker":{"port":0}}""", "broker.port: 0 is not within 1–65535")]
    [InlineData("""{"version":7,"broker":{"tls":1}}""", "broker.tls: must be true or false")]
    [InlineData("""{"version":7,"broker":{"host":"mqtts://u:hunter2@b"}}""", "broker.host: must be a name or an address")]
    [InlineData("""{"version":7,"broker":{"host":"20260101T101010-0001"}}""", "broker.host: looks like a time")]
    [InlineData("""{"version":7,"broker":{"password":"hunter2"}}""", "broker.password: is provisioned")]
    [InlineData("""{"version":7,"brokerPassword":"hunter2"}""", "brokerPassword: is provisioned")]
    [InlineData("""{"version":7,"home":"h2"}""", "home: is provisioned")]
    [InlineData("""{"version":7,"version":8}""", "a field stands twice")]
    [InlineData("""{"version":7} x""", "not JSON as it is taken here: byte 15: something stands behind the end")]
    [InlineData("""[7]""", "not a JSON object")]
    public void A_refusal_names_field_and_value_and_no_secret(string text, string reason)
    {
        Hear(text);

        AssertRefused();
        Assert.StartsWith(reason, _life.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_stated_is_as_provisioned_not_as_it_was_before()
    {
        Hear("""{"version":7,"windowSeconds":120}""");
        _life.Confirm(_clock.UptimeMs);
        Hear("""{"version":8,"survey":{"dwellMs":50}}""");

        Assert.Equal((60, 50), (_user.Applied[^1].WindowSeconds, _user.Applied[^1].DwellMs));
    }

    [Fact]
    public void A_companions_visits_are_those_of_its_role_unless_told_otherwise()
    {
        Hear("""{"version":1,"role":"companion"}""");
        Hear("""{"version":2,"role":"companion","survey":{"periodMs":9000}}""");

        Assert.Equal([AgentSettings.SurveyByRole, 9000], _user.Applied.Select(settings => settings.SurveyPeriodMs));
    }

    private static AgentSettings Provisioned() => new() { Home = "h1", Node = "n1", BrokerHost = "b", BrokerPassword = Secret, WindowSeconds = 60 };

    private static void Check<T>(Gen<T> texts, Action<T> holds) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(new Replay(new Rnd(42, 43), null)), Prop.ForAll(texts.ToArbitrary(), holds));

    private void Hear(string text)
    {
        byte[] payload = Encoding.UTF8.GetBytes(text);
        _life.Take(payload.Length > Limits.ConfigBytes ? null! : payload, payload.Length);
    }

    private void AssertRefused()
    {
        Assert.Equal(ConfigStatus.Refused, _life.Status);
        Assert.InRange(_life.Reason.Length, 5, Limits.ReasonChars);
        Assert.DoesNotContain(Secret, _life.Reason, StringComparison.Ordinal);
        Assert.Null(_provisioned.Validate());
        Assert.Equal(60, _provisioned.WindowSeconds);
    }
}
