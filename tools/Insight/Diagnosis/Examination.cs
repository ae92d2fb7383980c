using System.Collections.Immutable;
using GatewayAgent.Insight.Scoring;

namespace GatewayAgent.Insight.Diagnosis;

/// <summary>Holds every rule against a home and orders what comes out.</summary>
internal sealed class Examination
{
    // What two causes share of their evidence must not be told twice: the one that says more stands for both.
    private static readonly (Cause Root, Cause Follows)[] _explains =
    [
        (Cause.OverloadedAccessPoint, Cause.CongestedChannel),
        (Cause.OverloadedAccessPoint, Cause.NewNeighbour),
        (Cause.NewNeighbour, Cause.CongestedChannel),
        (Cause.BadPlacement, Cause.WeakBackhaul),
    ];

    // Nobody knows whom a silent node leaves without Wi-Fi.
    private const double SilentHarm = 0.5;

    private readonly HomeView _home;
    private readonly List<Case> _cases = [];
    private readonly List<(Case Case, Finding Finding)> _found = [];

    public Examination(HomeView home)
    {
        _home = home;
        HoldAll();
        foreach (Case one in _cases)
        {
            if (one.ToFinding() is { } finding)
            {
                _found.Add((one, finding));
            }
        }

        DropWhatFollows();
    }

    /// <summary>The likeliest and most harmful first.</summary>
    public IReadOnlyList<Finding> Findings =>
    [
        .. _found
            .OrderByDescending(found => Rank(found.Case))
            .ThenBy(found => found.Finding.Cause)
            .ThenBy(found => found.Finding.Node, StringComparer.Ordinal)
            .Select(found => found.Finding),
    ];

    /// <summary>One for each cause that was not found: of several nodes, the one that came nearest to it.</summary>
    public IReadOnlyList<Dismissal> Dismissals =>
    [
        .. from one in _cases
           where !_found.Exists(found => found.Case.Cause == one.Cause)
           group one by one.Cause into cases
           orderby cases.Key
           select Nearest(cases).ToDismissal(),
    ];

    private static Case Nearest(IEnumerable<Case> cases) => cases.OrderByDescending(one => one.Progress).ThenByDescending(one => one.Confidence).First();

    private void HoldAll()
    {
        foreach ((Cause cause, Action<Case, NodeView, HomeView> rule) in Rules.OfNodes)
        {
            foreach (NodeView node in _home.Nodes)
            {
                var one = new Case(cause, _home, node);
                rule(one, node, _home);
                _cases.Add(one);
            }

            AddUnknown(cause, _home.Nodes.Count == 0, "the home has no nodes");
        }

        foreach ((Cause cause, Action<Case, ChannelView, HomeView> rule) in Rules.OfChannels)
        {
            foreach (ChannelView channel in _home.Channels)
            {
                var one = new Case(cause, _home, null);
                rule(one, channel, _home);
                _cases.Add(one);
            }

            AddUnknown(cause, _home.Channels.Count == 0, WhyNoChannels());
        }

        foreach ((Cause cause, Action<Case, HomeView> rule) in Rules.OfHome)
        {
            var one = new Case(cause, _home, null);
            rule(one, _home);
            _cases.Add(one);
        }
    }

    private void AddUnknown(Cause cause, bool isUnknown, string why)
    {
        if (isUnknown)
        {
            var one = new Case(cause, _home, null);
            one.Needs(false, why);
            _cases.Add(one);
        }
    }

    private string WhyNoChannels() => _home.Nodes.Any(node => node.IsStock)
        ? "cannot tell: the stock image knows no channels"
        : "cannot tell: the channel of the home is not known";

    private void DropWhatFollows()
    {
        foreach ((Cause root, Cause follows) in _explains)
        {
            Drop(found => found.Case.Cause == follows && _found.Exists(other =>
                other.Case.Cause == root && (other.Case.Node == found.Case.Node || found.Case.Node == null)), $"it follows from another cause: {Name(root)}");
        }

        // What hangs on a node in trouble is in trouble, too.
        Drop(found => found.Case is { Cause: Cause.WeakBackhaul or Cause.SilentNode, Node: { } node } && IsExplainedByParent(found.Case, node), "it follows from the node it hangs on");
        if (_home.IsDark)
        {
            Drop(found => found.Case.Cause == Cause.SilentNode && _found.Exists(other => other.Case.Cause == Cause.WanDown), "all nodes are silent");
        }
    }

    private bool IsExplainedByParent(Case one, NodeView node)
    {
        bool fellItself = node.LinkRssi.ShiftOf(-6) != null;
        bool parentIsBad = _home.ParentOf(node) is { } parent && _found.Exists(other =>
            other.Case.Node == parent && other.Case.Cause is Cause.WeakBackhaul or Cause.SickNode or Cause.SilentNode or Cause.BadPlacement);
        return parentIsBad && (one.Cause == Cause.SilentNode || !fellItself);
    }

    private void Drop(Predicate<(Case Case, Finding Finding)> follows, string why)
    {
        foreach ((Case Case, Finding Finding) found in _found.FindAll(follows))
        {
            _found.Remove(found);
            found.Case.Must(false, why);
        }
    }

    // Sure and harmful comes before sure, and sure before harmful.
    private double Rank(Case one) => one.Confidence * (0.7 + (0.3 * HarmShare(one)));

    private double HarmShare(Case one)
    {
        ImmutableArray<Classifier> classifiers = Harms(one.Cause);
        if (one.Cause == Cause.SilentNode || (one.Cause == Cause.WanDown && _home.IsDark))
        {
            return one.Cause == Cause.WanDown ? 1 : SilentHarm;
        }

        UserSeconds day = one.Node == null ? _home.Day : _home.DayOf(one.Node);
        return day.Known == 0 ? 0 : Math.Min(1, 4.0 * classifiers.Sum(day.BadBy) / day.Known);
    }

    private static ImmutableArray<Classifier> Harms(Cause cause) => cause switch
    {
        Cause.WeakBackhaul => [Classifier.Backhaul],
        Cause.BadPlacement => [Classifier.Backhaul, Classifier.Placement],
        Cause.PoorCoverage => [Classifier.Coverage],
        Cause.CongestedChannel or Cause.NewNeighbour => [Classifier.Congestion],
        Cause.Interference => [Classifier.Interference, Classifier.Congestion],
        Cause.OverloadedAccessPoint => [Classifier.Overload, Classifier.Congestion],
        Cause.WanDown => [Classifier.Wan],
        _ => [Classifier.NodeHealth],
    };

    private static string Name(Cause cause) => cause switch
    {
        Cause.OverloadedAccessPoint => "an overloaded access point",
        Cause.NewNeighbour => "a new neighbour",
        _ => "a badly placed node",
    };
}
