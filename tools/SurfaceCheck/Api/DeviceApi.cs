using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GatewayAgent.SurfaceCheck.Api;

/// <summary>
/// The device's API as references to compile against: one stub compilation for each list. The lists' mscorlib is the core library, so nothing of .NET is in sight.
/// </summary>
public sealed class DeviceApi
{
    private static readonly CSharpParseOptions _stubLanguage = new(LanguageVersion.Preview, DocumentationMode.None);

    private readonly Dictionary<string, ApiList> _lists = [];
    private readonly Dictionary<string, ApiStub> _stubs = [];
    private readonly Dictionary<string, CSharpCompilation> _compilations = [];
    private readonly Dictionary<string, string> _assemblyOfType = [];
    private readonly HashSet<string> _valueTypes = [];

    private DeviceApi(IEnumerable<ApiList> lists)
    {
        foreach (ApiList list in lists)
        {
            var stub = new ApiStub(list);
            _lists.Add(list.Assembly, list);
            _stubs.Add(list.Assembly, stub);
            _valueTypes.UnionWith(stub.ValueTypeNames);
            foreach (string type in stub.TypeNames)
            {
                _assemblyOfType.TryAdd(type, list.Assembly);
            }
        }

        // All at once, so that an instance never changes and may be shared by threads.
        foreach (string assembly in _lists.Keys)
        {
            Compile(assembly);
        }
    }

    /// <summary>Ids and versions of the packages that are listed.</summary>
    public IEnumerable<(string Id, string Version, string Assembly)> Packages => _lists.Values.Select(list => (list.Package, list.Version, list.Assembly));

    /// <summary>Reads the lists of a folder. Null when there are none.</summary>
    /// <exception cref="InvalidDataException">A list is not understood.</exception>
    public static DeviceApi? Load(string folder)
    {
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.txt") : [];
        return files.Length == 0 ? null : new DeviceApi(files.Order(StringComparer.Ordinal).Select(ApiList.Read));
    }

    /// <summary>True when there is a list for this assembly.</summary>
    public bool HasAssembly(string name) => _lists.ContainsKey(name);

    /// <summary>True when a full type name (nested types with a dot) is a struct or an enum of the lists.</summary>
    public bool IsValueType(string fullName) => _valueTypes.Contains(fullName);

    /// <summary>Id of the package that declares a type, or null.</summary>
    public string? PackageOf(string fullTypeName) =>
        _assemblyOfType.TryGetValue(fullTypeName, out string? assembly) ? _lists[assembly].Package : null;

    /// <summary>References to the assemblies of the given packages; of all packages when <paramref name="packageIds"/> is null.</summary>
    public IEnumerable<MetadataReference> References(IReadOnlyCollection<string>? packageIds) =>
        _lists.Values.Where(list => packageIds == null || packageIds.Contains(list.Package)).Select(list => _compilations[list.Assembly].ToMetadataReference());

    /// <summary>What the compiler could not make of the lists: empty, or the check would be blind there.</summary>
    public IEnumerable<Diagnostic> StubProblems()
    {
        // Bodies, overrides and interface implementations are missing on purpose; names that do not bind and text that does not parse are not.
        string[] serious = ["CS0101", "CS0111", "CS0133", "CS0234", "CS0246", "CS0426", "CS0664", "CS0266", "CS1736", "CS1750", "CS1763"];
        return _compilations.Values.SelectMany(stub => stub.GetDeclarationDiagnostics())
            .Where(problem => serious.Contains(problem.Id) || (problem.Id.StartsWith("CS10", StringComparison.Ordinal) && problem.Severity == DiagnosticSeverity.Error));
    }

    private CSharpCompilation Compile(string assembly)
    {
        if (!_compilations.TryGetValue(assembly, out CSharpCompilation? compilation))
        {
            SyntaxTree tree = CSharpSyntaxTree.ParseText(_stubs[assembly].Source(), _stubLanguage);
            compilation = CSharpCompilation.Create(
                assembly, [tree], Dependencies(assembly).Select(other => Compile(other).ToMetadataReference()), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
            _compilations.Add(assembly, compilation);
        }

        return compilation;
    }

    private HashSet<string> Dependencies(string assembly)
    {
        IEnumerable<string> named = _lists[assembly].Lines.SelectMany(line => StubMember.DottedNames(line.Declaration));
        var found = named.Select(name => _assemblyOfType.GetValueOrDefault(name)).OfType<string>().Append("mscorlib").ToHashSet();
        found.Remove(assembly);
        found.RemoveWhere(other => !_lists.ContainsKey(other));
        return found;
    }
}
