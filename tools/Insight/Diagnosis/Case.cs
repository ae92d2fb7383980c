using GatewayAgent.Insight.Scoring;
using GatewayAgent.Protocol;

namespace GatewayAgent.Insight.Diagnosis;

/// <summary>
/// A rule held against a node, a channel or a home: what must hold, what is expected beside it, what speaks against it. Ends as a finding, or as the reason
/// why it is none.
/// </summary>
internal sealed class Case(Cause cause, HomeView home, NodeView? node)
{
    /// <summary>Below this nothing is said.</summary>
    public const double LeastConfidence = 0.5;

    // What must hold weighs as much as this many expectations of weight one.
    private const double MustWeight = 4;

    // An expectation of which nothing is known is neither there nor missing.
    private const double Unknown = 0.5;

    private readonly List<Func<Evidence>> _evidence = [];
    private readonly List<string> _doubts = [];
    private double _expected = MustWeight, _found = MustWeight, _trust = 1;
    private string? _whyNot;
    private string _summary = "", _advice = "";

    public Cause Cause => cause;

    public NodeView? Node => node;

    /// <summary>The rule still holds.</summary>
    public bool IsOpen => _whyNot == null;

    /// <summary>0 = nothing was known, 1 = something must hold and does not, 2 = only the confidence is too low.</summary>
    public int Progress { get; private set; }

    public double Confidence => _trust * _found / _expected;

    public DateTimeOffset? Since { get; private set; }

    /// <summary>A fact without which the rule cannot tell.</summary>
    public void Needs(bool isKnown, string missing)
    {
        if (IsOpen && !isKnown)
        {
            _whyNot = missing;
        }
    }

    public void Must(bool holds, string whyNot)
    {
        if (IsOpen && !holds)
        {
            Progress = 1;
            _whyNot = whyNot;
        }
    }

    /// <summary>Something that goes with the cause.</summary>
    /// <param name="degree">How much of it is there, 0–1; NaN = not known.</param>
    /// <param name="evidence">Told when it is there.</param>
    public void Expect(double weight, double degree, Func<Evidence>? evidence = null)
    {
        _expected += weight;
        _found += weight * (double.IsNaN(degree) ? Unknown : Math.Clamp(degree, 0, 1));
        if (degree >= Unknown && evidence != null)
        {
            _evidence.Add(evidence);
        }
    }

    public void Expect(double weight, bool isThere, Func<Evidence>? evidence = null) => Expect(weight, isThere ? 1 : 0, evidence);

    /// <summary>The node has noticed it itself. A node that tells nothing has not looked for as long, or had no time to: that takes little.</summary>
    public void ExpectNotice(double weight, NodeView of, params ReadOnlySpan<Metric> metrics)
    {
        foreach (Metric metric in metrics)
        {
            if (of.OpenNotice(metric) is { } notice)
            {
                Expect(weight, 1, () => Notice(of, notice));
                return;
            }
        }

        Expect(weight / 2, 0);
    }

    /// <summary>What makes the rule less credible.</summary>
    /// <param name="share">Of the confidence that it takes.</param>
    public void Against(double share, bool holds, string doubt)
    {
        if (holds)
        {
            _trust *= 1 - share;
            _doubts.Add(doubt);
        }
    }

    /// <summary>Evidence of what must hold.</summary>
    public void Shows(Func<Evidence> evidence) => _evidence.Add(evidence);

    public void Began(DateTimeOffset? since) => Since = since;

    public void Says(string summary, string advice)
    {
        _summary = summary;
        _advice = advice;
    }

    /// <summary>Null when the rule does not hold, or not credibly.</summary>
    public Finding? ToFinding()
    {
        if (IsOpen && Confidence < LeastConfidence)
        {
            Progress = 2;
            _whyNot = _doubts.Count > 0 ? string.Join("; ", _doubts) : "too little of what goes with it is there";
        }

        return !IsOpen ? null : new Finding
        {
            Cause = cause,
            Node = node?.Name,
            Confidence = Math.Round(Confidence, 2),
            Since = Since,
            Summary = _summary,
            Advice = _advice,
            Evidence = [.. _evidence.Select(make => make())],
        };
    }

    public Dismissal ToDismissal() => new(cause, Sentence(node == null || home.Nodes.Count == 1 ? _whyNot! : $"the {node.Name} node: {_whyNot}"));

    /// <summary>An evidence of an hourly series.</summary>
    public Evidence Series(
        string metric, string unit, NodeView? of, Hourly values, double? before, double now, Limit? limit, Source? source, string text)
    {
        int newest = values.Newest;
        DateTimeOffset end = newest < 0 ? home.Now : of?.Sums[newest]?.End ?? values.Grid.At(newest + 1);
        return new Evidence
        {
            Metric = metric,
            Unit = unit,
            Node = of?.Name,
            Before = before is { } known && !double.IsNaN(known) ? Math.Round(known, 1) : null,
            Now = double.IsNaN(now) ? 0 : Math.Round(now, 1),
            Threshold = limit?.Value,
            ThresholdUnit = limit?.Unit == unit ? null : limit?.Unit,
            ThresholdSource = limit?.Source,
            Source = source,
            Age = newest < 0 ? null : home.Now > end ? home.Now - end : TimeSpan.Zero,
            Text = Sentence(text),
            Series = values.Points(),
        };
    }

    /// <summary>An evidence that is no series.</summary>
    public Evidence Fact(string metric, string unit, NodeView? of, double now, string text, double? before = null, Limit? limit = null, Source? source = null) => new()
    {
        Metric = metric,
        Unit = unit,
        Node = of?.Name,
        Before = before,
        Now = Math.Round(now, 1),
        Threshold = limit?.Value,
        ThresholdUnit = limit?.Unit == unit ? null : limit?.Unit,
        ThresholdSource = limit?.Source,
        Source = source,
        Age = of?.Last is { } last && home.Now > last ? home.Now - last : TimeSpan.Zero,
        Text = Sentence(text),
    };

    private Evidence Notice(NodeView of, Facts.NodeNotice notice)
    {
        var words = NoticeWords.Of(notice.Event);
        return new Evidence
        {
            Metric = $"notice of the node: {words.Name}",
            Unit = words.Unit,
            Node = of.Name,
            Before = words.Before,
            Now = words.Now,
            Age = home.Now > notice.At ? home.Now - notice.At : TimeSpan.Zero,
            Text = words.Sentence(of.Name, home.When(notice.Since)),
        };
    }

    public static string Sentence(string text) =>
        text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..] + (text[^1] is '.' or '!' ? "" : ".");
}
