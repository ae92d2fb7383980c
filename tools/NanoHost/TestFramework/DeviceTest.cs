using System.Reflection;

namespace nanoFramework.TestFramework;

/// <summary>One run of a test method, as the device's launcher finds it.</summary>
/// <param name="Row">Number of the DataRow from 0; −1 for a method without.</param>
/// <param name="Arguments">Values of the DataRow.</param>
public sealed record DeviceTest(Type Class, MethodInfo Method, int Row, object[] Arguments)
{
    /// <summary>Namespace.Class.Method, with the arguments of its DataRow.</summary>
    public string Name => $"{Class.FullName}.{Method.Name}" + (Row < 0 ? "" : $"({string.Join(", ", Arguments)})");

    public override string ToString() => Name;
}
