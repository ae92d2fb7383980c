using GatewayAgent.SurfaceCheck.Api;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GatewayAgent.SurfaceCheck.Source;

/// <summary>All rules about source, run over one compilation.</summary>
public static class SurfaceRules
{
    public static IReadOnlyList<Finding> Run(DeviceApi api, SurfaceCompilation surface)
    {
        CSharpCompilation compilation = surface.Compilation;
        var sink = new FindingSink();
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            SemanticModel model = compilation.GetSemanticModel(tree);
            CSharpSyntaxWalker[] walkers = [new ForbiddenSyntax(model, sink), new ForbiddenUse(api, model, sink), new ThreadBodies(api, compilation, model, sink), new TestClasses(sink)];
            foreach (CSharpSyntaxWalker walker in walkers)
            {
                walker.Visit(tree.GetRoot());
            }
        }

        var missing = new MissingApi(api, compilation);
        IEnumerable<Finding> errors = surface.Errors.Where(error => !sink.Covers(error.Location)).Select(missing.Explain);
        return [.. sink.Findings.Concat(errors).Distinct().OrderBy(finding => finding.File, StringComparer.Ordinal).ThenBy(finding => finding.Line).ThenBy(finding => finding.Column)];
    }
}
