using GatewayAgent.SurfaceCheck.Allocation;
using GatewayAgent.Tests.SurfaceCheck;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace GatewayAgent.Tests.Allocation;

/// <summary>Compiles a small class for the host and walks it from <c>Sample::Tick</c>.</summary>
internal static class CompiledSample
{
    public const int MemberLine = 4;

    public static AllocationReport Walk(string members, params string[] boundaries)
    {
        using var folder = new TemporaryFolder();
        string source = "using System;\npublic class Sample\n{\n" + members + "\nint field; int[] kept = new int[4]; object any = new object();\n}\n"
            + "public struct Pair { public int A, B; public Pair(int a) { A = a; B = a; } }\npublic enum Colour { Red }\n"
            + "public interface IPart { void Run(); }\npublic class Quiet : IPart { public void Run() { } }\npublic class Loud : IPart { public void Run() { new object().GetHashCode(); } }";
        string path = Path.Combine(folder.Path, "Sample.dll");
        Compile(source, path);
        return AllocationCheck.Run([path], new AllocationRoots(["Sample::Tick"], boundaries));
    }

    private static void Compile(string source, string path)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.CSharp10), "Sample.cs", System.Text.Encoding.UTF8);
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        IEnumerable<MetadataReference> references = new[] { "System.Private.CoreLib.dll", "System.Runtime.dll" }.Select(name => MetadataReference.CreateFromFile(Path.Combine(runtime, name)));
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release);
        using FileStream file = File.Create(path);
        EmitResult result = CSharpCompilation.Create("Sample", [tree], references, options).Emit(file, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.Embedded));
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
    }
}
