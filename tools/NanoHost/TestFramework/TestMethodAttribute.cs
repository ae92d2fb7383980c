namespace nanoFramework.TestFramework;

/// <summary>A test; with DataRows it runs once for each of them instead.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = false)]
public class TestMethodAttribute : Attribute
{
}
