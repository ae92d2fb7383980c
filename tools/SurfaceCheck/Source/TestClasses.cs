using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GatewayAgent.SurfaceCheck.Source;

/// <summary>The device's test launcher calls test methods with <c>this == null</c>: a test class holds static state only.</summary>
internal sealed class TestClasses(FindingSink sink) : CSharpSyntaxWalker
{
    public override void VisitClassDeclaration(ClassDeclarationSyntax node)
    {
        bool isTest = node.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString().Split('.')[^1] is "TestClass" or "TestClassAttribute");
        foreach (MemberDeclarationSyntax member in node.Members.Where(member => isTest && IsInstanceState(member)))
        {
            sink.Add(member, Rule.TestState, $"{node.Identifier.Text}: {member.ToString().Split('\n')[0].Trim()}", "tests run with this == null on the device; make it static");
        }

        base.VisitClassDeclaration(node);
    }

    private static bool IsInstanceState(MemberDeclarationSyntax member)
    {
        bool isShared = member.Modifiers.Any(SyntaxKind.StaticKeyword) || member.Modifiers.Any(SyntaxKind.ConstKeyword);
        return !isShared && member switch
        {
            BaseFieldDeclarationSyntax or ConstructorDeclarationSyntax => true,
            PropertyDeclarationSyntax property => property.AccessorList?.Accessors.All(accessor => accessor.Body == null && accessor.ExpressionBody == null) == true,
            _ => false,
        };
    }
}
