using System.Text;
using GatewayAgent.SurfaceCheck.Api;
using GatewayAgent.SurfaceCheck.Projects;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace GatewayAgent.SurfaceCheck.Source;

/// <summary>
/// A firmware project compiled against the device's API and nothing else. Comparing member names with a host compilation would be weaker: there, overload
/// resolution, string interpolation, <c>lock</c> and switch expressions pick members that the device does not have, and miss those it would pick.
/// Here the compiler itself says what is missing, chooses the overloads that the device build will choose, and yields the device's IL.
/// </summary>
public sealed class SurfaceCompilation
{
    /// <summary>The project system's default where the .nfproj says nothing.</summary>
    private const LanguageVersion DefaultLanguage = LanguageVersion.CSharp9;

    private SurfaceCompilation(CSharpCompilation compilation)
    {
        Compilation = compilation;
        var image = new MemoryStream();

        // Some members are only asked for when code is lowered (string.Concat, RuntimeHelpers.InitializeArray): so it is emitted.
        EmitResult result = compilation.Emit(image, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.Embedded, runtimeMetadataVersion: "v4.0.30319"));
        Errors = [.. compilation.GetDiagnostics().Concat(result.Diagnostics).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Distinct()];
        Image = result.Success ? image.ToArray() : null;
    }

    internal CSharpCompilation Compilation { get; }

    /// <summary>The compiler's errors.</summary>
    public IReadOnlyList<Diagnostic> Errors { get; }

    /// <summary>The assembly as the device's compiler would write it, with an embedded PDB; null when it does not compile.</summary>
    public byte[]? Image { get; }

    /// <summary>Compiles a project of the repository. Paths in it are relative to the repository's root.</summary>
    public static SurfaceCompilation Create(DeviceApi api, FirmwareProject project, IEnumerable<SurfaceCompilation> dependencies)
    {
        var options = new CSharpParseOptions(Language(project.Device), DocumentationMode.None);
        IEnumerable<SyntaxTree> trees = project.Sources.Select(path => Parse(File.ReadAllText(path), project.Show(path), options));
        string[]? packages = project.Packages?.Select(entry => entry.Id).ToArray();
        OutputKind kind = project.Device?.IsExecutable == true ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
        return Create(api, project.Device?.AssemblyName ?? project.Name, trees, packages, dependencies, kind);
    }

    /// <summary>Compiles one source text in C# 10 against all of the device's packages.</summary>
    public static SurfaceCompilation Create(DeviceApi api, string source, string path) =>
        Create(api, "Sample", [Parse(source, path, new CSharpParseOptions(LanguageVersion.CSharp10))], null, [], OutputKind.DynamicallyLinkedLibrary);

    private static SurfaceCompilation Create(
        DeviceApi api, string name, IEnumerable<SyntaxTree> trees, string[]? packages, IEnumerable<SurfaceCompilation> dependencies, OutputKind kind)
    {
        var options = new CSharpCompilationOptions(kind, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true);
        IEnumerable<MetadataReference> references = api.References(packages).Concat(dependencies.Select(other => other.Compilation.ToMetadataReference()));
        return new SurfaceCompilation(CSharpCompilation.Create(name, trees, references, options));
    }

    private static SyntaxTree Parse(string source, string path, CSharpParseOptions options) =>
        CSharpSyntaxTree.ParseText(SourceText.From(source, Encoding.UTF8), options, path);

    private static LanguageVersion Language(DeviceProject? device) =>
        device == null ? LanguageVersion.CSharp10 : LanguageVersionFacts.TryParse(device.LanguageVersion, out LanguageVersion version) && device.LanguageVersion != null ? version : DefaultLanguage;
}
