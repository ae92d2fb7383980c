namespace nanoFramework.TestFramework;

/// <summary>Ends a test as skipped; from Setup it skips the tests of the class.</summary>
public class SkipTestException : Exception
{
    public SkipTestException(string message = null, Exception innerException = null)
        : base(message, innerException)
    {
    }
}
