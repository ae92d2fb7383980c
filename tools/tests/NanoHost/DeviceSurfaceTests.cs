using System.Reflection;
using GatewayAgent.NanoHost;
using nanoFramework.TestFramework;
using Assert = Xunit.Assert;

namespace GatewayAgent.Tests.NanoHost;

/// <summary>Everything the host build offers under a device namespace stands, with the same signature, in the device's API lists.</summary>
public sealed class DeviceSurfaceTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The runner of this repository, which the device has no part in.</summary>
    private static readonly HashSet<string> _ours =
        [nameof(DeviceTest), nameof(DeviceTestResult), nameof(DeviceTestOutcome), nameof(DeviceTestRunner)];

    [SharedDataFact]
    public void Every_public_member_is_one_of_the_devices()
    {
        HashSet<string> device = Directory.EnumerateFiles(SharedData.Path("nano-api"), "*.txt")
            .SelectMany(File.ReadLines)
            .Select(line => line.Replace(" [Obsolete]", "", StringComparison.Ordinal).Replace(" [Flags]", "", StringComparison.Ordinal))
            .ToHashSet();

        string[] offered = new[] { typeof(NanoContext).Assembly, typeof(TestClassAttribute).Assembly }
            .SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => !type.Namespace!.StartsWith("GatewayAgent", StringComparison.Ordinal) && !_ours.Contains(type.Name))
            .SelectMany(Lines)
            .ToArray();

        Assert.True(offered.Length > 250, $"only {offered.Length} members were looked at");
        Assert.Equal([], offered.Where(line => !device.Contains(line)));
    }

    private static IEnumerable<string> Lines(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            MethodInfo invoke = type.GetMethod("Invoke")!;
            return [$"{Name(type)} :: delegate {Name(invoke.ReturnType)} {Name(type)}({Parameters(invoke)})"];
        }

        return type.IsEnum
            ? Enum.GetValues(type).Cast<Enum>().Select(value => $"{Name(type)} :: {value} = {value:D}")
            : Members(type).Select(member => $"{Name(type)} :: {member}");
    }

    private static IEnumerable<string> Members(Type type) =>
        type.GetConstructors(Declared & ~BindingFlags.Static).Where(IsVisible).Select(ctor => $"{Access(ctor)}{type.Name}({Parameters(ctor)})")
            .Concat(type.GetFields(Declared).Where(field => field.IsPublic).Select(Field))
            .Concat(type.GetProperties(Declared).Where(property => IsVisible(property.GetMethod)).Select(Property))
            .Concat(type.GetEvents(Declared).Where(e => IsVisible(e.AddMethod)).Select(Event))
            .Concat(type.GetMethods(Declared).Where(method => IsVisible(method) && !method.IsSpecialName).Select(Method));

    private static bool IsVisible(MethodBase? method) => method is { IsPublic: true } or { IsFamily: true };

    private static string Field(FieldInfo field) => $"public const {Name(field.FieldType)} {field.Name} = {field.GetRawConstantValue()}";

    private static string Event(EventInfo e) => $"{Access(e.AddMethod!)}event {Name(e.EventHandlerType!)} {e.Name}";

    private static string Property(PropertyInfo property) =>
        $"{Access(property.GetMethod!)}{Name(property.PropertyType)} {property.Name} {{ get; {(IsVisible(property.SetMethod) ? "set; " : "")}}}";

    private static string Method(MethodInfo method) => $"{Access(method)}{Name(method.ReturnType)} {method.Name}({Parameters(method)})";

    private static string Access(MethodBase method)
    {
        string access = method.IsPublic ? "public " : "protected ";
        bool isNewSlot = (method.Attributes & MethodAttributes.NewSlot) != 0;
        return access + (method.IsStatic ? "static " : method.IsAbstract ? "abstract "
            : method.IsVirtual && !method.IsFinal ? isNewSlot ? "virtual " : "override " : "");
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        string prefix = parameter.IsOut ? "out " : parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
        Type type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        return $"{prefix}{Name(type)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {Default(parameter.RawDefaultValue)}" : "")}";
    }

    private static string Default(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        Enum constant => constant.ToString("D"),
        _ => value.ToString()!,
    };

    private static string Name(Type type) => type switch
    {
        { IsArray: true } => Name(type.GetElementType()!) + "[]",
        _ when type == typeof(void) => "void",
        _ when type == typeof(object) => "object",
        _ when type == typeof(string) => "string",
        { IsPrimitive: true } => Keyword(type),
        _ => type.FullName!.Replace('+', '.'),
    };

    private static string Keyword(Type type) => type.Name switch
    {
        "Boolean" => "bool",
        "Int16" => "short",
        "UInt16" => "ushort",
        "Int32" => "int",
        "UInt32" => "uint",
        "Int64" => "long",
        "UInt64" => "ulong",
        "Single" => "float",
        string name => name.ToLowerInvariant(),
    };
}
