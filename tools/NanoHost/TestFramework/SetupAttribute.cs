namespace nanoFramework.TestFramework;

/// <summary>Runs once, before the tests of its class.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = false)]
public class SetupAttribute : Attribute
{
}
