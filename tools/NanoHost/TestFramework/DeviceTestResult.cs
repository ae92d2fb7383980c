namespace nanoFramework.TestFramework;

public enum DeviceTestOutcome
{
    Passed,
    Failed,
    Skipped,
}

/// <summary>How one run ended.</summary>
/// <param name="Name">Name of the test, or of the Setup or Cleanup method.</param>
/// <param name="Error">What it threw, null when it passed.</param>
public sealed record DeviceTestResult(string Name, DeviceTestOutcome Outcome, Exception Error);
