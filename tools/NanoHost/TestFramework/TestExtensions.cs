namespace nanoFramework.TestFramework;

/// <summary>Comparison of arrays element by element; elements of different types are different.</summary>
public static class TestExtensions
{
    public static bool SequenceEqual(this Array a, Array b)
    {
        if (a == null || b == null || a.Length != b.Length)
        {
            return false;
        }

        for (int i = 0; i < a.Length; i++)
        {
            if (!Equals(a.GetValue(i), b.GetValue(i)))
            {
                return false;
            }
        }

        return true;
    }
}
