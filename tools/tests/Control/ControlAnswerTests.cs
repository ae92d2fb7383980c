using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GatewayAgent.Collector;
using GatewayAgent.Collector.Store;
using GatewayAgent.Protocol;
using GatewayAgent.Tests.Collector;

namespace GatewayAgent.Tests.Control;

/// <summary>What nodes answer, as the collector takes it.</summary>
public sealed class ControlAnswerTests : IDisposable
{
    private const string State = "gw/v1/h1/attic/config/state";
    private const string Result = "gw/v1/h1/attic/cmd/result";

    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void The_latest_of_each_node_is_kept_with_the_time_at_which_it_was_first_told()
    {
        Write(State, """{"version":7,"status":"trial","applied":6}""");
        Write(State, """{"version":7,"status":"rolled-back","applied":6,"reason":"no acknowledgement"}""");
        long told = _store.NowMs;
        _store.NowMs += 60_000;
        Write(State, """{"version":7,"status":"rolled-back","applied":6,"reason":"no acknowledgement"}""");
        Write(Result, """{"id":"a","cmd":"locate","status":"done"}""");
        Write(Result, """{"id":"b","cmd":"dance","status":"unknown","reason":"known are"}""");

        using CollectorStore store = _store.Read();
        NodeAnswer state = Assert.Single(store.ConfigStates());
        Assert.Equal(("h1", "attic", told), (state.Home, state.Node, state.ReceivedAt.ToUnixTimeMilliseconds()));
        Assert.Equal(new ControlAnswer("rolled-back", "no acknowledgement", 7, 6, null, null), state.Answer);
        Assert.Equal(new ControlAnswer("unknown", "known are", null, null, "b", "dance"), Assert.Single(store.CommandResults()).Answer);
        Assert.Equal(5, store.Counters().Controls);
    }

    [Theory]
    [InlineData(State, "not JSON")]
    [InlineData(State, "{}")]
    [InlineData(State, "[]")]
    [InlineData(State, """{"status":7}""")]
    [InlineData(State, """{"status":"done","id":"a"}""")]
    [InlineData(Result, """{"status":"applied","version":7}""")]
    [InlineData(Result, """{"status":{"a":{"b":1}}}""")]
    public void What_is_no_answer_is_kept_aside_with_the_reason(string topic, string payload)
    {
        Write(topic, payload);

        using CollectorStore store = _store.Read();
        Assert.NotEmpty(Assert.Single(store.Rejected(10)).Reason);
        Assert.Equal((0, 1), (store.Counters().Controls, store.Counters().Rejected));
    }

    [Fact]
    public void Any_bytes_are_an_answer_or_none_and_nothing_throws() =>
        FsCheck.Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(1000).WithReplay(new Replay(new Rnd(5, 7), null)),
            Prop.ForAll(JsonTexts.Any().ToArbitrary(), text =>
            {
                byte[] payload = Encoding.UTF8.GetBytes(text);
                bool isAnswer = ControlAnswer.TryRead(payload, out ControlAnswer? answer, out string? problem);
                Assert.Equal(isAnswer, answer != null && problem == null);
            }));

    [Theory]
    [InlineData("""{"version":7,"status":"applied","applied":7}""", "version 7: applied")]
    [InlineData("""{"version":8,"status":"refused","applied":7,"reason":"x: no"}""", "version 8: refused: x: no (version 7 is applied)")]
    [InlineData("""{"status":"refused","applied":7,"reason":"not a JSON object"}""", "what was sent: refused: not a JSON object (version 7 is applied)")]
    [InlineData("""{"id":"a","cmd":"reboot","status":"expired"}""", "reboot a: expired")]
    [InlineData("""{"id":"","cmd":"","status":"refused","reason":"a\nb"}""", ": refused: a?b")]
    public void It_reads_as_one_line(string payload, string line)
    {
        Assert.True(ControlAnswer.TryRead(Encoding.UTF8.GetBytes(payload), out ControlAnswer? answer, out _));
        Assert.Equal(line, answer.ToString());
    }

    [Fact]
    public void The_collector_tells_what_is_news()
    {
        var told = new List<CollectorEvent>();
        var source = new FakeSource();
        using (CollectorHost.Start(_store.Options, source, told.Add))
        {
            source.Deliver(State, """{"version":8,"status":"refused","applied":7,"reason":"x: no"}"""u8.ToArray());
            source.Deliver(State, """{"version":8,"status":"refused","applied":7,"reason":"x: no"}"""u8.ToArray());
        }

        CollectorEvent answered = Assert.Single(told, e => e.Kind == CollectorEventKind.Answered);
        Assert.Equal("h1/attic: version 8: refused: x: no (version 7 is applied)", answered.Detail);
    }

    private void Write(string topic, string payload) => _store.Write((topic, Encoding.UTF8.GetBytes(payload)));
}
