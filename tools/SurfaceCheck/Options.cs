namespace GatewayAgent.SurfaceCheck;

/// <summary>The command line.</summary>
/// <param name="Repository">Full path, or null when there is no repository here.</param>
/// <param name="Api">Folder of the lists, or null for the default.</param>
internal sealed record Options(string? Repository, string? Api, bool IsVerbose)
{
    /// <summary>Null when the arguments are not understood.</summary>
    public static Options? Parse(string[] args)
    {
        string? repository = null, api = null;
        bool isVerbose = false;
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--repo" when i + 1 < args.Length:
                    repository = args[++i];
                    break;
                case "--api" when i + 1 < args.Length:
                    api = args[++i];
                    break;
                case "--verbose":
                    isVerbose = true;
                    break;
                default:
                    return null;
            }
        }

        repository = repository == null ? FindRepository() : Directory.Exists(repository) ? Path.GetFullPath(repository) : null;
        return new Options(repository, api, isVerbose);
    }

    private static string? FindRepository()
    {
        var folder = new DirectoryInfo(Directory.GetCurrentDirectory());
        while (folder != null && !File.Exists(Path.Combine(folder.FullName, "global.json")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName;
    }
}
