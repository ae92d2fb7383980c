using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GatewayAgent.SurfaceCheck.Source;

/// <summary>Constructs that are refused by their shape alone, whatever they mean.</summary>
internal sealed class ForbiddenSyntax(SemanticModel model, FindingSink sink) : CSharpSyntaxWalker(SyntaxWalkerDepth.StructuredTrivia)
{
    public override void VisitTypeParameterList(TypeParameterListSyntax node)
    {
        bool isMethod = node.Parent is MethodDeclarationSyntax or LocalFunctionStatementSyntax;
        sink.Add(node, Rule.OwnGenerics, Named(node.Parent!) + node, isMethod ? "an own generic method hangs on the device; write it per type" : "an own generic type crashes on the device; write it per type");
        base.VisitTypeParameterList(node);
    }

    public override void VisitGenericName(GenericNameSyntax node)
    {
        ISymbol? symbol = model.GetSymbolInfo(node).Symbol;
        bool isDelegate = symbol is INamedTypeSymbol { TypeKind: TypeKind.Delegate };
        if (isDelegate)
        {
            sink.Add(node, Rule.GenericDelegate, node.ToString(), "a generic delegate crashes on the device; declare a delegate type, or use Action");
        }
        else if (symbol == null)
        {
            sink.Add(node, Rule.BclGenerics, node.ToString(), "the device has no generic types; use arrays, ArrayList, Hashtable or SpanByte");
        }

        base.VisitGenericName(node);
    }

    public override void VisitQueryExpression(QueryExpressionSyntax node) => sink.Add(node.FromClause, Rule.Linq, "query expression", "the device has no LINQ; write a loop");

    public override void VisitAwaitExpression(AwaitExpressionSyntax node) => sink.Add(node, Rule.Async, "await", "the device has no tasks; use a thread");

    public override void VisitYieldStatement(YieldStatementSyntax node) => sink.Add(node, Rule.Iterator, "yield", "does not compile for the device; write the enumerator by hand");

    public override void VisitNullableType(NullableTypeSyntax node)
    {
        // Without Nullable<T> on the device the whole type does not bind; what stands before the question mark does.
        if (model.GetTypeInfo(node.ElementType).Type?.IsReferenceType != true)
        {
            sink.Add(node, Rule.NullableValue, node.ToString(), "the device has no Nullable; use a sentinel value or a bool beside it");
        }

        base.VisitNullableType(node);
    }

    public override void VisitTupleExpression(TupleExpressionSyntax node) => sink.Add(node, Rule.Tuple, node.ToString(), "the device has no ValueTuple; use out parameters or fields");

    public override void VisitTupleType(TupleTypeSyntax node) => sink.Add(node, Rule.Tuple, node.ToString(), "the device has no ValueTuple; use out parameters or fields");

    public override void VisitRecordDeclaration(RecordDeclarationSyntax node)
    {
        sink.Add(node.Keyword, Rule.Record, "record " + node.Identifier.Text, "does not compile for the device; write a class");
        base.VisitRecordDeclaration(node);
    }

    public override void VisitAnonymousObjectCreationExpression(AnonymousObjectCreationExpressionSyntax node) =>
        sink.Add(node, Rule.AnonymousType, "anonymous type", "it is generic, which the device cannot do; declare a class");

    public override void VisitRangeExpression(RangeExpressionSyntax node) => sink.Add(node, Rule.IndexFromEnd, node.ToString(), "the device has no Range; use Substring or Array.Copy");

    public override void VisitPrefixUnaryExpression(PrefixUnaryExpressionSyntax node)
    {
        if (node.IsKind(SyntaxKind.IndexExpression))
        {
            sink.Add(node, Rule.IndexFromEnd, node.ToString(), "the device has no Index; use Length − n");
        }

        base.VisitPrefixUnaryExpression(node);
    }

    public override void VisitArrayRankSpecifier(ArrayRankSpecifierSyntax node)
    {
        if (node.Rank > 1)
        {
            sink.Add(node, Rule.MultiDimensionalArray, node.Parent!.ToString(), "a multi-dimensional array crashes on the device; use one flat array or a jagged one");
        }

        base.VisitArrayRankSpecifier(node);
    }

    public override void VisitImplicitArrayCreationExpression(ImplicitArrayCreationExpressionSyntax node)
    {
        if (node.Commas.Count > 0)
        {
            sink.Add(node, Rule.MultiDimensionalArray, "new[,]", "a multi-dimensional array crashes on the device; use one flat array or a jagged one");
        }

        base.VisitImplicitArrayCreationExpression(node);
    }

    public override void VisitInterfaceDeclaration(InterfaceDeclarationSyntax node)
    {
        foreach (MemberDeclarationSyntax member in node.Members.Where(HasBody))
        {
            sink.Add(member, Rule.DefaultInterfaceMethod, $"{node.Identifier.Text}.{Named(member)}", "an interface member with a body throws on the device; put it in a class");
        }

        base.VisitInterfaceDeclaration(node);
    }

    public override void VisitStackAllocArrayCreationExpression(StackAllocArrayCreationExpressionSyntax node) => sink.Add(node, Rule.Stackalloc, "stackalloc", "throws on the device; keep a buffer");

    public override void VisitImplicitStackAllocArrayCreationExpression(ImplicitStackAllocArrayCreationExpressionSyntax node) =>
        sink.Add(node, Rule.Stackalloc, "stackalloc", "throws on the device; keep a buffer");

    public override void VisitFunctionPointerType(FunctionPointerTypeSyntax node) => sink.Add(node, Rule.UnsafeCode, "delegate*", "silently does nothing on the device; use a delegate");

    public override void VisitPointerType(PointerTypeSyntax node) => sink.Add(node, Rule.UnsafeCode, node.ToString(), "pointers are not proved on the device; index the array");

    public override void VisitCheckedExpression(CheckedExpressionSyntax node)
    {
        AddChecked(node.Keyword);
        base.VisitCheckedExpression(node);
    }

    public override void VisitCheckedStatement(CheckedStatementSyntax node)
    {
        AddChecked(node.Keyword);
        base.VisitCheckedStatement(node);
    }

    public override void VisitIfDirectiveTrivia(IfDirectiveTriviaSyntax node) => AddConditional(node);

    public override void VisitElifDirectiveTrivia(ElifDirectiveTriviaSyntax node) => AddConditional(node);

    public override void VisitToken(SyntaxToken token)
    {
        switch (token.Kind())
        {
            case SyntaxKind.VolatileKeyword:
                sink.Add(token, Rule.Volatile, "volatile", "does not compile for the device; use a lock or Interlocked");
                break;
            case SyntaxKind.AsyncKeyword:
                sink.Add(token, Rule.Async, "async", "the device has no tasks; use a thread");
                break;
            case SyntaxKind.DecimalKeyword:
                sink.Add(token, Rule.Decimal, "decimal", "the device has no decimal; use scaled integers");
                break;
        }

        if (token.IsKind(SyntaxKind.NumericLiteralToken) && token.Value is decimal)
        {
            sink.Add(token, Rule.Decimal, token.Text, "the device has no decimal; use scaled integers");
        }

        base.VisitToken(token);
    }

    private void AddChecked(SyntaxToken keyword)
    {
        if (keyword.IsKind(SyntaxKind.CheckedKeyword))
        {
            sink.Add(keyword, Rule.CheckedArithmetic, "checked", "never throws on the device: it wraps; compare with the limits instead");
        }
    }

    private void AddConditional(DirectiveTriviaSyntax node) =>
        sink.Add(node, Rule.ConditionalCompilation, node.ToString().Trim(), "host and device compile the same sources; differ by interface and adapter");

    private static bool HasBody(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => method.Body != null || method.ExpressionBody != null,
        PropertyDeclarationSyntax { ExpressionBody: not null } => true,
        BasePropertyDeclarationSyntax property => property.AccessorList?.Accessors.Any(accessor => accessor.Body != null || accessor.ExpressionBody != null) == true,
        OperatorDeclarationSyntax => true,
        _ => false,
    };

    private static string Named(SyntaxNode declaration) => declaration switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        LocalFunctionStatementSyntax function => function.Identifier.Text,
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        DelegateDeclarationSyntax type => type.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        _ => "this",
    };
}
