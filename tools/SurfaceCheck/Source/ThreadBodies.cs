using GatewayAgent.SurfaceCheck.Api;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GatewayAgent.SurfaceCheck.Source;

/// <summary>
/// An uncaught exception ends a thread or a timer on the device without a word. So every call of firmware code in a thread's or timer callback's body stands
/// in a try that catches everything. Calls of the device's API outside of it (Sleep, WaitOne) are let pass. A delegate that comes from elsewhere is not followed.
/// </summary>
internal sealed class ThreadBodies(DeviceApi api, Compilation compilation, SemanticModel model, FindingSink sink) : CSharpSyntaxWalker
{
    private const int MaxForwards = 4;

    public override void VisitObjectCreationExpression(ObjectCreationExpressionSyntax node)
    {
        CheckCreation(node);
        base.VisitObjectCreationExpression(node);
    }

    public override void VisitImplicitObjectCreationExpression(ImplicitObjectCreationExpressionSyntax node)
    {
        CheckCreation(node);
        base.VisitImplicitObjectCreationExpression(node);
    }

    private void CheckCreation(BaseObjectCreationExpressionSyntax node)
    {
        string? type = model.GetTypeInfo(node).Type?.ToDisplayString();
        if (type is "System.Threading.Thread" or "System.Threading.Timer" && node.ArgumentList?.Arguments.FirstOrDefault() is { } callback
            && BodyOf(callback.Expression, model) is { } body && !IsGuarded(body, MaxForwards))
        {
            sink.Add(callback, Rule.UncaughtThread, callback.ToString(), "an exception would end it silently on the device; catch Exception in its body");
        }
    }

    private bool IsGuarded(SyntaxNode body, int forwards)
    {
        SemanticModel own = compilation.GetSemanticModel(body.SyntaxTree);
        bool isGuarded = false;
        foreach (InvocationExpressionSyntax call in body.DescendantNodesAndSelf(node => node == body || node is not AnonymousFunctionExpressionSyntax).OfType<InvocationExpressionSyntax>())
        {
            bool isFirmware = own.GetSymbolInfo(call).Symbol is not { ContainingAssembly: { } assembly } || !api.HasAssembly(assembly.Name);
            bool isCaught = CatchAll.Encloses(call, own);
            bool isForward = forwards > 0 && BodyOf(call.Expression, own) is { } next && IsGuarded(next, forwards - 1);
            isGuarded |= isCaught || isForward;
            if (isFirmware && !isCaught && !isForward && call.FirstAncestorOrSelf<CatchClauseSyntax>() == null)
            {
                return false;
            }
        }

        return isGuarded;
    }

    /// <summary>The body that a method group, a lambda or <c>new ThreadStart(…)</c> leads to; null when it is not in sight.</summary>
    private static SyntaxNode? BodyOf(ExpressionSyntax expression, SemanticModel model)
    {
        switch (expression)
        {
            case AnonymousFunctionExpressionSyntax function:
                return function.Body;
            case BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [var inner] }:
                return BodyOf(inner.Expression, model);
        }

        SyntaxNode? declaration = (model.GetSymbolInfo(expression).Symbol as IMethodSymbol)?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
        return declaration switch
        {
            MethodDeclarationSyntax method when model.Compilation.ContainsSyntaxTree(method.SyntaxTree) => (SyntaxNode?)method.Body ?? method.ExpressionBody,
            LocalFunctionStatementSyntax function => (SyntaxNode?)function.Body ?? function.ExpressionBody,
            _ => null,
        };
    }
}
