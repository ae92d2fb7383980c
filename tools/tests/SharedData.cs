namespace GatewayAgent.Tests;

/// <summary>The folder of real captures and measurements beside the repository, when there is one.</summary>
public static class SharedData
{
    /// <summary>Root of the repository: the nearest folder above the test assembly that holds <c>global.json</c>.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>Full path of <c>../shared</c>, or null on a machine without it.</summary>
    public static string? Root { get; } = FindShared();

    /// <summary>Full path of a file below <c>../shared</c>. Call it from tests that are marked with an attribute of this file.</summary>
    public static string Path(string relative) =>
        System.IO.Path.Combine(Root ?? throw new InvalidOperationException("../shared is not on this machine"), relative);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "global.json")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("the tests run outside the repository");
    }

    private static string? FindShared()
    {
        string candidate = System.IO.Path.GetFullPath(System.IO.Path.Combine(RepositoryRoot, "..", "shared"));
        return Directory.Exists(candidate) ? candidate : null;
    }
}

/// <summary>A test that reads <c>../shared</c>; skipped, and counted as such, where that folder is missing.</summary>
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute()
    {
        if (SharedData.Root == null)
        {
            Skip = "../shared is not on this machine";
        }
    }
}

/// <summary>As <see cref="SharedDataFactAttribute"/>, for theories.</summary>
public sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    public SharedDataTheoryAttribute()
    {
        if (SharedData.Root == null)
        {
            Skip = "../shared is not on this machine";
        }
    }
}
