using GatewayAgent.SurfaceCheck.Api;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GatewayAgent.SurfaceCheck.Source;

/// <summary>Constructs that compile for the device and then break: refused by what they mean.</summary>
internal sealed class ForbiddenUse(DeviceApi api, SemanticModel model, FindingSink sink) : CSharpSyntaxWalker
{
    /// <summary>A single array above about 768 KB is out of memory on every board.</summary>
    private const long LargestArrayBytes = 768 * 1024;

    public override void VisitIdentifierName(IdentifierNameSyntax node)
    {
        if (node.Identifier.ValueText == "dynamic" && model.GetTypeInfo(node).Type is IDynamicTypeSymbol)
        {
            sink.Add(node, Rule.Dynamic, "dynamic", "does not compile for the device; use the type or an interface");
        }
    }

    public override void VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        if (model.GetSymbolInfo(node).Symbol is IMethodSymbol method)
        {
            CheckInvocation(node, method);
            CheckExactness(node, node.ArgumentList, method);
        }

        base.VisitInvocationExpression(node);
    }

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

    public override void VisitArgument(ArgumentSyntax node)
    {
        if (model.GetTypeInfo(node.Expression).Type is { } type && IsEnum(type) && model.GetConversion(node.Expression).IsBoxing
            && model.GetSymbolInfo(node.Parent!.Parent!).Symbol is IMethodSymbol method && method.ContainingType.ToDisplayString() is "string" or "System.Text.StringBuilder")
        {
            AddEnumText(node, type);
        }

        base.VisitArgument(node);
    }

    public override void VisitInterpolation(InterpolationSyntax node)
    {
        if (model.GetTypeInfo(node.Expression).Type is { } type && IsEnum(type))
        {
            AddEnumText(node.Expression, type);
        }

        base.VisitInterpolation(node);
    }

    public override void VisitBinaryExpression(BinaryExpressionSyntax node)
    {
        if (node.IsKind(SyntaxKind.AddExpression) && model.GetTypeInfo(node).Type?.SpecialType == SpecialType.System_String)
        {
            CheckConcatOperand(node.Left);
            CheckConcatOperand(node.Right);
        }

        if (node.IsKind(SyntaxKind.DivideExpression) || node.IsKind(SyntaxKind.ModuloExpression))
        {
            CheckDivisor(node.Right);
        }

        base.VisitBinaryExpression(node);
    }

    public override void VisitAssignmentExpression(AssignmentExpressionSyntax node)
    {
        if (node.IsKind(SyntaxKind.AddAssignmentExpression) && model.GetTypeInfo(node.Left).Type?.SpecialType == SpecialType.System_String)
        {
            CheckConcatOperand(node.Right);
        }

        if (node.IsKind(SyntaxKind.DivideAssignmentExpression) || node.IsKind(SyntaxKind.ModuloAssignmentExpression))
        {
            CheckDivisor(node.Right);
        }

        base.VisitAssignmentExpression(node);
    }

    public override void VisitCastExpression(CastExpressionSyntax node)
    {
        bool fromFloat = model.GetTypeInfo(node.Expression).Type?.SpecialType is SpecialType.System_Double or SpecialType.System_Single;
        bool toLong = model.GetTypeInfo(node).Type?.SpecialType is SpecialType.System_Int64 or SpecialType.System_UInt64;
        if (fromFloat && toLong && !model.GetConstantValue(node).HasValue)
        {
            sink.Add(node, Rule.FloatToLong, node.ToString(), "this cast has a wrong corner case on the device; compute in integers, or cast to int");
        }

        base.VisitCastExpression(node);
    }

    public override void VisitArrayCreationExpression(ArrayCreationExpressionSyntax node)
    {
        if (node.Type.RankSpecifiers[0].Sizes is [var size] && model.GetConstantValue(size).Value is int length
            && model.GetTypeInfo(node).Type is IArrayTypeSymbol array && length * ElementBytes(array.ElementType) > LargestArrayBytes)
        {
            sink.Add(node, Rule.HugeArray, node.ToString(), "a single array above 768 KB is out of memory on the device; split it");
        }

        base.VisitArrayCreationExpression(node);
    }

    public override void VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        bool isMain = node.Identifier.ValueText == "Main" && node.Modifiers.Any(SyntaxKind.StaticKeyword);
        if (isMain && node.ReturnType is not PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword })
        {
            sink.Add(node.ReturnType, Rule.MainResult, "Main", "the device ignores its result; make it void");
        }

        base.VisitMethodDeclaration(node);
    }

    private void CheckCreation(BaseObjectCreationExpressionSyntax node)
    {
        if (model.GetSymbolInfo(node).Symbol is IMethodSymbol constructor)
        {
            CheckExactness(node, node.ArgumentList, constructor);
        }
    }

    private void CheckInvocation(InvocationExpressionSyntax node, IMethodSymbol method)
    {
        if (method.Name is "BeginInvoke" or "EndInvoke" && method.ContainingType.TypeKind == TypeKind.Delegate)
        {
            sink.Add(node, Rule.BeginInvoke, $"{method.ContainingType.Name}.{method.Name}", "throws on the device; use a thread");
        }

        ITypeSymbol? receiver = node.Expression is MemberAccessExpressionSyntax access ? model.GetTypeInfo(access.Expression).Type : null;
        if (method.Name == "ToString" && IsEnum(receiver))
        {
            AddEnumText(node, receiver!);
        }

        if (method is { Name: "Parse", IsStatic: true, Parameters.Length: 1 } && method.ContainingType.SpecialType != SpecialType.None && !CatchAll.Encloses(node, model))
        {
            string type = method.ContainingType.ToDisplayString();
            sink.Add(node, Rule.UnguardedParse, $"{type}.Parse", $"throws other exceptions on the device than on the host; use {type}.TryParse, or catch Exception");
        }
    }

    /// <summary>
    /// The device has fewer overloads: Math.Max(long, long) would quietly become Max(float, float), and an overload for int would take a char as its number.
    /// </summary>
    private void CheckExactness(SyntaxNode call, ArgumentListSyntax? arguments, IMethodSymbol method)
    {
        if (arguments?.Arguments.FirstOrDefault(IsInexact) is { } argument && api.HasAssembly(method.ContainingAssembly.Name))
        {
            string types = string.Join(", ", arguments.Arguments.Select(other => model.GetTypeInfo(other.Expression).Type?.ToDisplayString()));
            string taken = model.GetTypeInfo(argument.Expression).ConvertedType!.ToDisplayString();
            string name = $"{method.ContainingType.ToDisplayString()}.{method.Name}({types})";
            sink.Add(call, Rule.InexactOverload, name, $"the device has no such overload and takes {taken} instead; compare by hand, or cast");
        }
    }

    private bool IsInexact(ArgumentSyntax argument)
    {
        TypeInfo info = model.GetTypeInfo(argument.Expression);
        bool isExact = model.GetConstantValue(argument.Expression).HasValue && info.Type?.SpecialType != SpecialType.System_Char;
        return !isExact && model.GetConversion(argument.Expression) is { IsNumeric: true, IsImplicit: true } && LosesMeaning(info.Type!.SpecialType, info.ConvertedType!.SpecialType);
    }

    private static bool LosesMeaning(SpecialType from, SpecialType to)
    {
        bool wide = from is SpecialType.System_Int64 or SpecialType.System_UInt64;
        bool whole = wide || from is SpecialType.System_Int32 or SpecialType.System_UInt32;
        return from == SpecialType.System_Char || (wide && to == SpecialType.System_Double) || (whole && to == SpecialType.System_Single);
    }

    private void CheckConcatOperand(ExpressionSyntax operand)
    {
        if (model.GetTypeInfo(operand).Type is { } type && IsEnum(type))
        {
            AddEnumText(operand, type);
        }
    }

    private void CheckDivisor(ExpressionSyntax divisor)
    {
        if (model.GetConstantValue(divisor).Value is double and 0.0 or float and 0.0f)
        {
            sink.Add(divisor, Rule.DivisionByZero, "/ 0", "throws System.Exception on the device, for float and double too; test before you divide");
        }
    }

    private void AddEnumText(SyntaxNode node, ITypeSymbol type) =>
        sink.Add(node, Rule.EnumText, $"{type.ToDisplayString()} as text", "gives the number on the device, not the name; cast to int, or switch over the names");

    private static bool IsEnum(ITypeSymbol? type) => type is { TypeKind: TypeKind.Enum };

    private static long ElementBytes(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Boolean or SpecialType.System_Byte or SpecialType.System_SByte => 1,
        SpecialType.System_Char or SpecialType.System_Int16 or SpecialType.System_UInt16 => 2,
        SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Double => 8,
        SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Single => 4,
        _ => 12,
    };
}
