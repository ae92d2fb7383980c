namespace nanoFramework.TestFramework;

/// <summary>A class of tests. On the device its methods are called with this == null: tests keep static state.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public class TestClassAttribute : Attribute
{
    public virtual TestMethodAttribute GetTestMethodAttribute(TestMethodAttribute testMethodAttribute) => testMethodAttribute;
}
