using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GatewayAgent.Control;
using GatewayAgent.Device.Control;
using GatewayAgent.DeviceTests.Fakes;

namespace GatewayAgent.Tests.Control;

/// <summary>Whatever comes as a command: it is answered, and runs only when it is sound, in time and new.</summary>
public sealed class CommandPropertyTests
{
    private const uint Now = 1_700_000_000;

    private readonly FakeClock _clock = new() { UnixSeconds = Now };
    private readonly RecordingUser _user = new();
    private readonly ControlInbox _inbox = new();
    private readonly CommandDesk _desk;

    public CommandPropertyTests() => _desk = new CommandDesk(new JsonCommand(), _user, _clock, new ControlFlash());

    [Theory]
    [InlineData("survey-now", "", "survey-now", CommandStatus.Accepted)]
    [InlineData("report-now", "", "report-now", CommandStatus.Accepted)]
    [InlineData("locate", ",\"seconds\":30", "locate 30", CommandStatus.Done)]
    [InlineData("placement", ",\"on\":true", "placement True", CommandStatus.Done)]
    public void A_sound_command_runs(string name, string arguments, string ran, CommandStatus status)
    {
        Hear($$"""{"id":"a","cmd":"{{name}}","expires":{{Now + 60}}{{arguments}}}""");

        Assert.Equal([ran], _user.Ran);
        Assert.Equal((status, "a", name), (_desk.Status, _desk.Id, _desk.Name));
    }

    [Theory]
    [InlineData("""{"id":"a","cmd":"dance","expires":1700000060}""", "a", CommandStatus.Unknown, "known are survey-now")]
    [InlineData("""{"id":"a","cmd":"reboot","expires":1699999999}""", "a", CommandStatus.Expired, null)]
    [InlineData("""{"id":"a","cmd":"reboot"}""", "a", CommandStatus.Refused, "expires: must be Unix seconds")]
    [InlineData("""{"id":"a","cmd":"reboot","expires":-1}""", "a", CommandStatus.Refused, "expires: must be Unix seconds")]
    [InlineData("""{"id":"a","cmd":"reboot","expires":4294967296}""", "a", CommandStatus.Refused, "expires: must be Unix seconds")]
    [InlineData("""{"id":"a","cmd":"reboot","expires":1700000060,"on":true}""", "a", CommandStatus.Refused, "on: is not known; known are id cmd expires")]
    [InlineData("""{"id":"a","cmd":"locate","expires":1700000060}""", "a", CommandStatus.Refused, "seconds: is missing")]
    [InlineData("""{"id":"a","cmd":"locate","expires":1700000060,"seconds":0}""", "a", CommandStatus.Refused, "seconds: 0 is not within 1–3600")]
    [InlineData("""{"id":"a","cmd":"placement","expires":1700000060,"on":"yes"}""", "a", CommandStatus.Refused, "on: must be true or false")]
    [InlineData("""{"id":"a","expires":1700000060}""", "a", CommandStatus.Refused, "cmd: is missing")]
    [InlineData("""{"cmd":"reboot","expires":1700000060}""", "", CommandStatus.Refused, "id: must be 1–36")]
    [InlineData("""{"id":"a b","cmd":"reboot","expires":1700000060}""", "", CommandStatus.Refused, "id: must be 1–36")]
    [InlineData("""{"id":"0123456789012345678901234567890123456","cmd":"reboot","expires":1700000060}""", "", CommandStatus.Refused, "id: must be 1–36")]
    [InlineData("""{"id":"20260101T101010-0001","cmd":"reboot","expires":1700000060}""", "", CommandStatus.Refused, "id: looks like a time")]
    [InlineData("reboot", "", CommandStatus.Refused, "not a JSON object")]
    public void What_is_not_sound_is_answered_and_does_not_run(string text, string id, CommandStatus status, string? reason)
    {
        Hear(text);

        Assert.Empty(_user.Ran);
        Assert.Equal((id, status), (_desk.Id, _desk.Status));
        Assert.StartsWith(reason ?? "", _desk.Reason ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Cut_at_any_byte_a_command_does_not_run()
    {
        for (int length = 0; length < JsonTexts.Command.Length; length++)
        {
            Hear(JsonTexts.Command[..length]);
            Assert.Equal(CommandStatus.Refused, _desk.Status);
        }

        Assert.Empty(_user.Ran);
    }

    [Fact]
    public void Any_text_is_answered_and_runs_at_most_once()
    {
        int ran = 0, answered = 0;
        FsCheck.Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(new Replay(new Rnd(7, 9), null)),
            Prop.ForAll(Gen.OneOf(JsonTexts.Any(), JsonTexts.Mutated(JsonTexts.Command)).ToArbitrary(), text =>
            {
                int before = _user.Ran.Count;
                Hear(text);
                bool isRun = _user.Ran.Count > before;
                Assert.True(!isRun || _desk.Status <= CommandStatus.Accepted);
                int once = _user.Ran.Count;
                Hear(text);
                Assert.Equal(once, _user.Ran.Count);
                ran += isRun ? 1 : 0;
                answered++;
            }));
        Assert.True(ran > 5 && answered >= 2000, $"{ran} of {answered} ran: too few");
    }

    [Fact]
    public void However_the_clock_steps_no_command_runs_after_its_time_or_twice()
    {
        var random = new Random(3);
        var expiries = new Dictionary<string, uint>();
        var ran = new HashSet<string>();
        for (int i = 0; i < 5000; i++)
        {
            _clock.UnixSeconds = random.Next(20) == 0 ? 0 : (uint)(Now + random.Next(-300, 300));
            string id = $"id-{random.Next(i / 8, (i / 8) + 8)}";
            expiries.TryAdd(id, (uint)(Now + random.Next(-300, 300)));
            int before = _user.Ran.Count;
            Hear($$"""{"id":"{{id}}","cmd":"locate","seconds":1,"expires":{{expiries[id]}}}""");
            if (_user.Ran.Count > before)
            {
                Assert.InRange(_clock.UnixSeconds, 1u, expiries[id]);
                Assert.True(ran.Add(id), id);
            }
        }

        Assert.True(ran.Count > 100);
    }

    private void Hear(string text)
    {
        _inbox.HearCommand(Encoding.UTF8.GetBytes(text));
        Assert.True(_inbox.TryTakeCommand(out byte[] payload));
        _desk.Take(payload);
        Assert.True(_desk.HasAnswer);
        _desk.AnswerTold();
    }
}
