using System.Collections;

namespace nanoFramework.TestFramework;

/// <summary>
/// Assertions on collections. As on the device two collections are equal when they have the same elements in the same order,
/// and null equals null only.
/// </summary>
public sealed class CollectionAssert
{
    public static void Empty(ICollection collection, string message = "")
    {
        Assert.EnsureParameterIsNotNull(collection, "CollectionAssert.Empty");
        Assert.Require(collection.Count == 0, "CollectionAssert.Empty", message);
    }

    public static void NotEmpty(ICollection collection, string message = "")
    {
        Assert.EnsureParameterIsNotNull(collection, "CollectionAssert.NotEmpty");
        Assert.Require(collection.Count != 0, "CollectionAssert.NotEmpty", message);
    }

    public static void AreEqual(ICollection expected, ICollection actual, string message = "")
    {
        string difference = Difference(expected, actual);
        Assert.Require(difference == null, "CollectionAssert.AreEqual", $"{message}({difference})");
    }

    public static void AreNotEqual(ICollection notExpected, ICollection actual, string message = "") =>
        Assert.Require(Difference(notExpected, actual) != null, "CollectionAssert.AreNotEqual", $"{message}(Both collections are equal.)");

    private static string Difference(ICollection expected, ICollection actual)
    {
        if (ReferenceEquals(expected, actual))
        {
            return null;
        }

        if (expected == null || actual == null)
        {
            return "One collection is null.";
        }

        return expected.Count != actual.Count ? "Different number of elements." : FirstDifference(expected, actual);
    }

    private static string FirstDifference(ICollection expected, ICollection actual)
    {
        IEnumerator wanted = expected.GetEnumerator();
        IEnumerator found = actual.GetEnumerator();
        for (int index = 0; wanted.MoveNext() && found.MoveNext(); index++)
        {
            if (!Equals(wanted.Current, found.Current))
            {
                return $"Element at index {index} do not match. Expected:<{wanted.Current}>. Actual:<{found.Current}>.";
            }
        }

        return null;
    }
}
