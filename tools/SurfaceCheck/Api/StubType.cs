namespace GatewayAgent.SurfaceCheck.Api;

/// <summary>A type of a list while its stub is written.</summary>
internal sealed class StubType
{
    public StubType(string fullName)
    {
        FullName = fullName;
        int dot = fullName.LastIndexOf('.');
        Container = dot < 0 ? "" : fullName[..dot];
        string[] name = fullName[(dot + 1)..].Split('`');
        Name = name[0];
        Arity = name.Length > 1 ? int.Parse(name[1]) : 0;
    }

    public string FullName { get; }

    /// <summary>Namespace, or the type around a nested type.</summary>
    public string Container { get; }

    public string Name { get; }

    public int Arity { get; }

    public string Declaration { get; set; } = "";

    public List<string> Members { get; } = [];

    public bool IsEnum => Declaration.StartsWith("enum ", StringComparison.Ordinal);

    public bool IsValue => IsEnum || Declaration.Contains("struct ", StringComparison.Ordinal);
}
