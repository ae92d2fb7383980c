using System.Text.RegularExpressions;

namespace GatewayAgent.SurfaceCheck.Api;

/// <summary>Turns the declaration of one member, as the lists write it, into C#.</summary>
internal static partial class StubMember
{
    private static readonly Dictionary<string, string> _operators = new()
    {
        ["op_Addition"] = "operator +",
        ["op_BitwiseAnd"] = "operator &",
        ["op_BitwiseOr"] = "operator |",
        ["op_Division"] = "operator /",
        ["op_Equality"] = "operator ==",
        ["op_ExclusiveOr"] = "operator ^",
        ["op_GreaterThan"] = "operator >",
        ["op_GreaterThanOrEqual"] = "operator >=",
        ["op_Inequality"] = "operator !=",
        ["op_LessThan"] = "operator <",
        ["op_LessThanOrEqual"] = "operator <=",
        ["op_LogicalNot"] = "operator !",
        ["op_Modulus"] = "operator %",
        ["op_Multiply"] = "operator *",
        ["op_OnesComplement"] = "operator ~",
        ["op_Subtraction"] = "operator -",
        ["op_UnaryNegation"] = "operator -",
        ["op_UnaryPlus"] = "operator +",
    };

    public static string Write(StubType owner, string declaration)
    {
        if (declaration.EndsWith("void Finalize()", StringComparison.Ordinal))
        {
            return "";
        }

        string text = Conversion().Replace(Qualify(declaration), match => $"{match.Groups["kind"].Value.ToLowerInvariant()} operator {match.Groups["type"].Value}(");
        text = Operator().Replace(text, match => _operators[match.Value[..^1]] + "(");
        text = Infinity().Replace(FloatLiteral().Replace(text, "$0f"), "= (float)(${1}1.0 / 0.0)").Replace("= NaN", "= (float)(0.0 / 0.0)");

        // foreach over a string reads get_Chars; the lists show its indexer only.
        if (owner.FullName == "System.String" && text.Contains(" this[", StringComparison.Ordinal))
        {
            text = "[global::System.Runtime.CompilerServices.IndexerName(\"Chars\")] " + text;
        }

        return text.EndsWith('}') ? text : text + ";";
    }

    /// <summary>
    /// Full names from the root namespace (nanoFramework.System would catch them otherwise); the default of a struct or enum parameter, which the
    /// lists show as a number or as null, in its type.
    /// </summary>
    public static string Qualify(string text) =>
        TypedDefault().Replace(DottedName().Replace(text, "global::$0"), match =>
            match.Groups["value"].Value == "null"
                ? match.Groups["declared"].Value + " = default"
                : $"{match.Groups["declared"].Value} = ({match.Groups["type"].Value})({match.Groups["value"].Value})");

    public static IEnumerable<string> DottedNames(string text) => DottedName().Matches(text).Select(match => match.Value);

    [GeneratedRegex(@"(?<![\w.""])[A-Za-z_]\w*(\.\w+)+")]
    private static partial Regex DottedName();

    [GeneratedRegex(@"(?<declared>(?<type>global::[\w.]+) \w+) = (?<value>null|-?\d+)(?=[,)])", RegexOptions.ExplicitCapture)]
    private static partial Regex TypedDefault();

    [GeneratedRegex(@"(?<type>\S+) op_(?<kind>Implicit|Explicit)\(", RegexOptions.ExplicitCapture)]
    private static partial Regex Conversion();

    [GeneratedRegex(@"op_\w+\(")]
    private static partial Regex Operator();

    [GeneratedRegex(@"= (-?)Infinity")]
    private static partial Regex Infinity();

    [GeneratedRegex(@"const float \w+ = -?\d\S*")]
    private static partial Regex FloatLiteral();
}
