using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace GatewayAgent.SurfaceCheck.Source;

/// <summary>Collects findings about forbidden constructs, and remembers where they stand.</summary>
internal sealed class FindingSink
{
    private readonly List<(string Path, TextSpan Span)> _places = [];

    public List<Finding> Findings { get; } = [];

    public void Add(SyntaxNode node, Rule rule, string subject, string reason) => Add(node.GetLocation(), rule, subject, reason);

    public void Add(SyntaxToken token, Rule rule, string subject, string reason) => Add(token.GetLocation(), rule, subject, reason);

    /// <summary>True when a construct that stands at the same place is reported already: the compiler's error there is a consequence.</summary>
    public bool Covers(Location location) =>
        _places.Any(place => place.Path == location.SourceTree?.FilePath && place.Span.IntersectsWith(location.SourceSpan));

    private void Add(Location location, Rule rule, string subject, string reason)
    {
        FileLinePositionSpan span = location.GetLineSpan();
        _places.Add((span.Path, location.SourceSpan));
        Findings.Add(new Finding(span.Path, span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1, rule, subject, reason));
    }
}
