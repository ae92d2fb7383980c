using System.Collections.Immutable;
using GatewayAgent.Insight.Facts;

namespace GatewayAgent.Insight.Scoring;

/// <summary>Adds up <see cref="UserSeconds"/>.</summary>
internal sealed class UserTime
{
    private readonly long[] _bad = new long[UserSeconds.Classifiers];
    private long _good, _unknown;

    public void Add(UserSeconds users)
    {
        _good += users.Good;
        _unknown += users.Unknown;
        for (int i = 0; i < _bad.Length && i < users.Bad.Length; i++)
        {
            _bad[i] += users.Bad[i];
        }
    }

    public void AddUnknown(long seconds) => _unknown += seconds;

    /// <summary>Adds a window that was judged.</summary>
    public void Add(NodeWindow window, WindowScore score)
    {
        double users = new WindowView(window).Users * window.Report.SpanS;
        long bad = (long)Math.Round(users * score.BadShare);
        _bad[(int)score.Worst] += bad;
        if (score.IsKnown)
        {
            _good += Math.Max(0, (long)Math.Round(users) - bad);
        }
        else
        {
            _unknown += (long)Math.Round(window.Report.SpanS * (1 - score.BadShare));
        }
    }

    public UserSeconds Sum() => new(_good, _unknown, ImmutableArray.Create(_bad));
}
