namespace nanoFramework.TestFramework;

/// <summary>Arguments of one run of a test.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public class DataRowAttribute : Attribute
{
    public DataRowAttribute(params object[] methodParameters)
    {
        ArgumentNullException.ThrowIfNull(methodParameters);
        if (methodParameters.Length == 0)
        {
            throw new ArgumentException("a DataRow needs at least one value", nameof(methodParameters));
        }

        MethodParameters = methodParameters;
    }

    public object[] MethodParameters { get; }
}
