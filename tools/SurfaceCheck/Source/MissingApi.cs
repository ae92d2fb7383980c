using GatewayAgent.SurfaceCheck.Api;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GatewayAgent.SurfaceCheck.Source;

/// <summary>Turns the compiler's errors into findings that name the member that is not on the device.</summary>
internal sealed class MissingApi(DeviceApi api, Compilation compilation)
{
    public Finding Explain(Diagnostic error)
    {
        SyntaxTree? tree = error.Location.SourceTree;
        if (tree == null)
        {
            return At(error, Rule.DoesNotCompile, error.Id, error.GetMessage());
        }

        SyntaxNode node = tree.GetRoot().FindNode(error.Location.SourceSpan, getInnermostNodeForTie: true);
        SemanticModel model = compilation.GetSemanticModel(tree);
        return error.Id switch
        {
            "CS0246" or "CS0234" or "CS0400" or "CS0103" => Type(error, node),
            "CS0117" or "CS1061" => Member(error, node, model),
            "CS0518" => At(error, Rule.MissingType, Quoted(error), "the device does not have this type, which the construct needs"),
            "CS0656" => At(error, Rule.MissingMember, Quoted(error), "the device does not have this member, which the construct needs"),
            "CS0012" => At(error, Rule.PackageNotReferenced, Quoted(error), "the package that holds this type is missing in packages.config"),
            _ => Overload(error, node, model) ?? At(error, Rule.DoesNotCompile, error.Id, error.GetMessage()),
        };
    }

    private Finding Type(Diagnostic error, SyntaxNode node)
    {
        string name = node is SimpleNameSyntax simple ? Outermost(simple).ToString() : node.ToString();
        IEnumerable<string> candidates = Namespaces(node).Prepend("").Select(space => space + name);
        string? package = candidates.Select(api.PackageOf).FirstOrDefault(found => found != null);
        return package != null && error.Id != "CS0103"
            ? At(error, Rule.PackageNotReferenced, name, $"it is in {package}, which packages.config does not list")
            : At(error, Rule.MissingType, name, Hints.For(name) ?? "neither in the device's API nor in a referenced firmware project");
    }

    private Finding Member(Diagnostic error, SyntaxNode node, SemanticModel model)
    {
        node = node is MemberBindingExpressionSyntax bound ? bound.Name : node;
        string name = node is SimpleNameSyntax simple ? simple.Identifier.ValueText : node.ToString();
        ITypeSymbol? owner = Owner(node, model);
        if (owner == null || IsOwn(owner))
        {
            return At(error, Rule.DoesNotCompile, owner == null ? name : $"{owner.Name}.{name}", error.GetMessage());
        }

        string member = $"{owner.ToDisplayString()}.{name}";
        return At(error, Rule.MissingMember, member, Hints.For(member) ?? "not in the device's API");
    }

    /// <summary>A call whose name exists on the device, but not with these arguments.</summary>
    private Finding? Overload(Diagnostic error, SyntaxNode node, SemanticModel model)
    {
        SyntaxNode? call = node.AncestorsAndSelf().FirstOrDefault(ancestor => ancestor is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or StatementSyntax);
        if (call is null or StatementSyntax)
        {
            return null;
        }

        IMethodSymbol[] candidates = [.. model.GetSymbolInfo(call).CandidateSymbols.OfType<IMethodSymbol>()];
        if (candidates.Length == 0 || IsOwn(candidates[0].ContainingType))
        {
            return null;
        }

        string name = candidates[0].MethodKind == MethodKind.Constructor ? $"new {candidates[0].ContainingType.ToDisplayString()}" : $"{candidates[0].ContainingType.ToDisplayString()}.{candidates[0].Name}";
        string has = string.Join(", ", candidates.Select(method => $"({Parameters(method)})"));
        return At(error, Rule.MissingOverload, $"{name}({Arguments(call, model)})", $"no such overload on the device; it has {has}");
    }

    private static ITypeSymbol? Owner(SyntaxNode node, SemanticModel model)
    {
        ExpressionSyntax? receiver = node.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == node => access.Expression,
            MemberBindingExpressionSyntax binding => binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
            _ => null,
        };
        if (receiver == null)
        {
            return node.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is { } creation ? model.GetTypeInfo(creation).Type : null;
        }

        return model.GetSymbolInfo(receiver).Symbol as ITypeSymbol ?? model.GetTypeInfo(receiver).Type;
    }

    private static string Parameters(IMethodSymbol method) => string.Join(", ", method.Parameters.Select(parameter => parameter.Type.ToDisplayString()));

    private static string Arguments(SyntaxNode call, SemanticModel model)
    {
        ArgumentListSyntax? list = call is InvocationExpressionSyntax invocation ? invocation.ArgumentList : ((BaseObjectCreationExpressionSyntax)call).ArgumentList;
        return string.Join(", ", list?.Arguments.Select(argument => model.GetTypeInfo(argument.Expression).Type?.ToDisplayString() ?? argument.ToString()) ?? []);
    }

    private static IEnumerable<string> Namespaces(SyntaxNode node) =>
        node.SyntaxTree.GetCompilationUnitRoot().Usings.Where(use => use.Name != null).Select(use => use.Name + ".");

    private static NameSyntax Outermost(NameSyntax name) => name.Parent is QualifiedNameSyntax qualified && qualified.Right == name ? qualified : name;

    // Arrays belong to no assembly; their members are System.Array's.
    private bool IsOwn(ITypeSymbol type) => type.ContainingAssembly is { } assembly && !api.HasAssembly(assembly.Name);

    private static string Quoted(Diagnostic error) => error.GetMessage().Split('\'') is { Length: > 2 } parts ? parts[1] : error.Id;

    private static Finding At(Diagnostic error, Rule rule, string subject, string reason)
    {
        FileLinePositionSpan span = error.Location.GetLineSpan();
        return new Finding(span.Path, span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1, rule, subject, reason);
    }
}
