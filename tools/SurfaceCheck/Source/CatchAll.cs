using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GatewayAgent.SurfaceCheck.Source;

/// <summary>Asks whether code stands in a <c>try</c> that catches every exception.</summary>
internal static class CatchAll
{
    /// <summary>True when a try of the same body around <paramref name="node"/> catches System.Exception without a filter.</summary>
    public static bool Encloses(SyntaxNode node, SemanticModel model)
    {
        for (SyntaxNode inner = node, outer = node.Parent!; outer != null && !IsBody(outer); inner = outer, outer = outer.Parent!)
        {
            if (outer is TryStatementSyntax attempt && attempt.Block == inner && attempt.Catches.Any(clause => IsGeneral(clause, model)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsGeneral(CatchClauseSyntax clause, SemanticModel model) =>
        clause.Filter == null && (clause.Declaration == null || model.GetTypeInfo(clause.Declaration.Type).Type?.ToDisplayString() == "System.Exception");

    private static bool IsBody(SyntaxNode node) => node is MemberDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax;
}
