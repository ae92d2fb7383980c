using System.Text;
using System.Text.RegularExpressions;

namespace GatewayAgent.SurfaceCheck.Api;

/// <summary>
/// Writes a list as C# declarations without bodies. Only what another compilation binds against has to be right: names, kinds, bases, parameter types
/// and defaults. The stub itself is never emitted, so what is missing in it (bodies, explicit interface implementations) is no error.
/// </summary>
internal sealed partial class ApiStub
{
    private readonly SortedDictionary<string, StubType> _types = new(StringComparer.Ordinal);

    public ApiStub(ApiList list)
    {
        foreach (ApiLine line in list.Lines)
        {
            string name = SpecialTypes.FullName(line.Owner);
            if (!_types.TryGetValue(name, out StubType? type))
            {
                _types.Add(name, type = new StubType(name));
            }

            if (TypeDeclaration().IsMatch(line.Declaration))
            {
                type.Declaration = line.Declaration;
            }
            else
            {
                type.Members.Add(line.Declaration);
            }
        }
    }

    public IEnumerable<string> TypeNames => _types.Keys;

    /// <summary>Full names of the types that are values: structs and enums.</summary>
    public IEnumerable<string> ValueTypeNames => _types.Values.Where(type => type.IsValue).Select(type => type.FullName);

    public string Source()
    {
        var text = new StringBuilder();
        foreach (StubType type in _types.Values.Where(type => !_types.ContainsKey(type.Container)))
        {
            text.Append("namespace ").Append(type.Container).AppendLine(" {");
            WriteType(text, type);
            text.AppendLine("}");
        }

        return text.ToString();
    }

    private void WriteType(StringBuilder text, StubType type)
    {
        if (type.Declaration.StartsWith("delegate ", StringComparison.Ordinal))
        {
            WriteDelegate(text, type);
            return;
        }

        WriteHead(text, type);
        foreach (string member in type.Members)
        {
            text.AppendLine(type.IsEnum ? member + "," : StubMember.Write(type, member));
        }

        foreach (StubType nested in _types.Values.Where(nested => nested.Container == type.FullName))
        {
            WriteType(text, nested);
        }

        text.AppendLine("}");
    }

    private static void WriteHead(StringBuilder text, StubType type)
    {
        Match head = TypeDeclaration().Match(type.Declaration);
        string bases = head.Groups["bases"].Value;

        // The lists do not say AttributeUsage; none of the device's attributes is refused anywhere, and DataRow is used several times.
        if (bases.StartsWith("System.Attribute", StringComparison.Ordinal) && type.Name != "AttributeUsageAttribute")
        {
            text.AppendLine("[global::System.AttributeUsage(global::System.AttributeTargets.All, AllowMultiple = true)]");
        }

        text.Append("public ").Append(head.Groups["modifiers"].Value).Append(head.Groups["kind"].Value).Append(' ').Append(type.Name);
        bases = type.FullName == "System.Enum" ? "System.ValueType" : bases;
        text.Append(bases.Length > 0 ? " : " + StubMember.Qualify(bases) : "").AppendLine(" {");

        // A field makes an own struct "not assigned yet" until it is, as the real one's fields do.
        if (head.Groups["kind"].Value == "struct" && !SpecialTypes.Contains(type.FullName))
        {
            text.AppendLine("private int _state;");
        }
    }

    private static void WriteDelegate(StringBuilder text, StubType type)
    {
        Match parts = DelegateDeclaration().Match(type.Declaration);
        string parameters = parts.Groups["parameters"].Value, result = parts.Groups["result"].Value;
        string generic = "";
        if (type.Arity > 0)
        {
            var names = TypeParameter().Matches(parameters + " " + result).Select(match => match.Value).Distinct();
            generic = "<" + string.Join(", ", names) + ">";
        }

        text.Append("public delegate ").Append(StubMember.Qualify(result)).Append(' ').Append(type.Name).Append(generic)
            .Append('(').Append(StubMember.Qualify(parameters)).AppendLine(");");
    }

    [GeneratedRegex(@"^((?<modifiers>((static|sealed|abstract|readonly|ref) )*)(?<kind>class|struct|enum|interface) \S+( : (?<bases>.*))?|delegate .*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"^delegate (?<result>\S+) \S+?\((?<parameters>.*)\)$", RegexOptions.ExplicitCapture)]
    private static partial Regex DelegateDeclaration();

    [GeneratedRegex(@"\bT(\d|[A-Z]\w*)?\b(?!\.)")]
    private static partial Regex TypeParameter();
}
