using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using TestFrameworkShared;

namespace nanoFramework.TestFramework;

/// <summary>Assertions, without the device's obsolete ones. As there, values are equal by Equals: NaN equals NaN, and no tolerance.</summary>
public sealed partial class Assert
{
    public static void AreNotSame(object notExpected, object actual, [CallerArgumentExpression(nameof(actual))] string message = "") =>
        Require(!ReferenceEquals(notExpected, actual), "Assert.AreNotSame", message);

    public static void AreSame(object expected, object actual, [CallerArgumentExpression(nameof(actual))] string message = "") =>
        Require(ReferenceEquals(expected, actual), "Assert.AreSame", message);

    public static void Contains(string expected, string value, [CallerArgumentExpression(nameof(value))] string message = "") =>
        RequireText(expected, value, (text, part) => text.Contains(part), "Assert.Contains", "does not contain", message);

    public static void DoesNotContains(string notExpected, string value, [CallerArgumentExpression(nameof(value))] string message = "") =>
        RequireText(notExpected, value, (text, part) => !text.Contains(part), "Assert.DoesNotContains", "should not contain", message);

    public static void EndsWith(string expected, string value, [CallerArgumentExpression(nameof(value))] string message = "") =>
        RequireText(expected, value, (text, part) => text.EndsWith(part, StringComparison.Ordinal), "Assert.EndsWith", "does not end with", message);

    public static void StartsWith(string expected, string value, [CallerArgumentExpression(nameof(value))] string message = "") =>
        RequireText(expected, value, (text, part) => text.StartsWith(part, StringComparison.Ordinal), "Assert.StartsWith", "does not start with", message);

    public static void IsFalse(bool condition, [CallerArgumentExpression(nameof(condition))] string message = "") =>
        Require(!condition, "Assert.IsFalse", message);

    public static void IsTrue(bool condition, [CallerArgumentExpression(nameof(condition))] string message = "") =>
        Require(condition, "Assert.IsTrue", message);

    public static void IsNull(object value, [CallerArgumentExpression(nameof(value))] string message = "") =>
        Require(value is null, "Assert.IsNull", message);

    public static void IsNotNull([NotNull] object value, [CallerArgumentExpression(nameof(value))] string message = "") =>
        Require(value is not null, "Assert.IsNotNull", message);

    /// <summary>The very type: a derived one fails, as on the device.</summary>
    public static void IsInstanceOfType(object value, Type expected, [CallerArgumentExpression(nameof(value))] string message = "")
    {
        EnsureParameterIsNotNull(expected, "Assert.IsInstanceOfType");
        Require(value?.GetType() == expected, "Assert.IsInstanceOfType", $"Expected type:<{expected}>. Actual type:<{value?.GetType()}>. {message}");
    }

    public static void IsNotInstanceOfType(object value, Type notExpected, [CallerArgumentExpression(nameof(value))] string message = "")
    {
        EnsureParameterIsNotNull(notExpected, "Assert.IsNotInstanceOfType");
        Require(value?.GetType() != notExpected, "Assert.IsNotInstanceOfType", $"Wrong type:<{notExpected}>. {message}");
    }

    /// <summary>The very exception type: a derived one fails, as on the device.</summary>
    public static void ThrowsException(Type exception, Action action, [CallerArgumentExpression(nameof(action))] string message = "")
    {
        EnsureParameterIsNotNull(action, "Assert.ThrowsException");
        EnsureParameterIsNotNull(exception, "Assert.ThrowsException");
        Exception thrown = Thrown(action);
        Require(thrown != null, "Assert.ThrowsException", $"No exception thrown. {exception.Name} exception was expected. {message}");
        Require(
            thrown.GetType() == exception,
            "Assert.ThrowsException",
            $"Threw exception {thrown.GetType().Name}, but exception {exception.Name} was expected. {message}\r\nException Message: {thrown.Message}");
    }

    [DoesNotReturn]
    public static void SkipTest(string message = null) => throw new SkipTestException(message);

    internal static void EnsureParameterIsNotNull(
        object value, string assertion, [CallerArgumentExpression(nameof(value))] string parameter = null) =>
        Require(value is not null, assertion, $"The parameter '{parameter}' is invalid. The value cannot be null.");

    internal static void Require(bool holds, string assertion, string message)
    {
        if (!holds)
        {
            throw new AssertFailedException($"{assertion} failed. {message?.Replace("\0", "\\0")}");
        }
    }

    private static void RequireText(
        string part, string text, Func<string, string, bool> holds, string assertion, string verdict, string message)
    {
        EnsureParameterIsNotNull(part, assertion);
        EnsureParameterIsNotNull(text, assertion);
        Require(holds(text, part), assertion, $"'{text}' {verdict} '{part}'. {message}");
    }

    private static Exception Thrown(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception thrown)
        {
            return thrown;
        }
    }
}
