namespace GatewayAgent.SurfaceCheck.Api;

/// <summary>The types that the lists write as C# keywords.</summary>
internal static class SpecialTypes
{
    private static readonly Dictionary<string, string> _keywords = new()
    {
        ["bool"] = "System.Boolean",
        ["byte"] = "System.Byte",
        ["char"] = "System.Char",
        ["double"] = "System.Double",
        ["float"] = "System.Single",
        ["int"] = "System.Int32",
        ["long"] = "System.Int64",
        ["object"] = "System.Object",
        ["sbyte"] = "System.SByte",
        ["short"] = "System.Int16",
        ["string"] = "System.String",
        ["uint"] = "System.UInt32",
        ["ulong"] = "System.UInt64",
        ["ushort"] = "System.UInt16",
        ["void"] = "System.Void",
    };

    public static string FullName(string name) => _keywords.GetValueOrDefault(name, name);

    public static bool Contains(string fullName) => _keywords.ContainsValue(fullName) || fullName is "System.IntPtr" or "System.UIntPtr";
}
