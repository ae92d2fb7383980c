using GatewayAgent.Insight.Facts;
using GatewayAgent.Protocol;

namespace GatewayAgent.Portal.Documents;

/// <summary>Which node's access point serves which node, from the keyed hashes that nodes state of themselves and of what serves them.</summary>
internal sealed class Topology(HomeFacts facts)
{
    private readonly ILookup<uint, string> _nodesByAp = facts.Nodes
        .Where(node => node.Birth is { HasAp: true })
        .ToLookup(node => node.Birth!.Ap, node => node.Node);

    /// <summary>What serves the node.</summary>
    public UplinkDocument UplinkOf(NodeFacts node)
    {
        Latest<Link>? newest = node.Latest(window => window.Report.Link);
        Latest<Link>? named = node.Latest(window => window.Report.Link is { HasAp: true } link ? link : null);
        string? parent = named is { } known ? _nodesByAp[known.Value.Ap].FirstOrDefault(other => other != node.Node) : null;
        Histogram? rssi = newest is { } link && Histogram.TryUnpack(link.Value.RssiHistogram, HistogramScale.Rssi, out Histogram? histogram, out _) ? histogram : null;
        return new UplinkDocument(
            named == null ? UplinkKind.Unknown : parent == null ? UplinkKind.Other : UplinkKind.Node,
            parent,
            named is { } hash ? Words.Hash(hash.Value.Ap) : null,
            newest is { Value.HasChannel: true } tuned ? tuned.Value.Channel : null,
            rssi?.Percentile(50) is { } median ? BinValue.Middle(median) : null,
            newest is { } source ? Words.Of(source.Value.Source) : null,
            newest is { } last ? Round.Age(last.Window.End, facts.Now) + (last.Value.HasAgeS ? last.Value.AgeS : 0) : null);
    }
}

/// <summary>What serves a node.</summary>
internal enum UplinkKind
{
    /// <summary>The node has not said: its agent has no key, or no uplink.</summary>
    Unknown,

    /// <summary>Another node of the home.</summary>
    Node,

    /// <summary>An access point that is no node's: the gateway, as a rule.</summary>
    Other,
}

/// <summary>The uplink of a node.</summary>
/// <param name="Parent">The node that serves it; absent unless <c>kind</c> is <c>node</c>.</param>
/// <param name="Ap">Keyed hash of the access point that serves it: the same on all nodes of the home.</param>
/// <param name="RssiDbm">Median of the newest window.</param>
/// <param name="AgeSeconds">Age of the newest value.</param>
internal sealed record UplinkDocument(UplinkKind Kind, string? Parent, string? Ap, uint? Channel, double? RssiDbm, string? Source, long? AgeSeconds);
