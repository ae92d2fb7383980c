using System.Runtime.InteropServices;

namespace GatewayAgent.Provisioning.Kits;

/// <summary>
/// Changes a folder as a whole, or not at all. The next content is put together beside it, in a hidden folder that starts as a copy by hard
/// links, and <see cref="Commit"/> lets the two change places in one step of the kernel. Whatever ends us before leaves the folder as it was;
/// what we left half done is swept away by the next change. Files must be replaced here, never written into: they are shared with the old content.
/// </summary>
internal sealed partial class FolderSwap : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int CurrentFolder = -100;
    private const uint Exchange = 2;

    private readonly string _folder;
    private readonly FileStream _lock;

    private FolderSwap(string folder, FileStream held)
    {
        _folder = folder;
        _lock = held;
        Next = Beside(folder, "next");
    }

    /// <summary>The folder of the next content, for its owner alone.</summary>
    public string Next { get; }

    /// <param name="folder">Missing: it is made.</param>
    /// <exception cref="ProvisionException">Another change of it is under way, or we stand in it.</exception>
    /// <exception cref="IOException">The file system refuses.</exception>
    public static FolderSwap Begin(string folder)
    {
        // Of a link it is the folder behind it that changes.
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Directory.Exists(folder))
        {
            folder = new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder;
        }

        if ((Environment.CurrentDirectory + Path.DirectorySeparatorChar).StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new ProvisionException($"{folder} is replaced as a whole: run this from outside it");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        var swap = new FolderSwap(folder, Lock(folder));
        try
        {
            swap.CopyToNext();
            return swap;
        }
        catch
        {
            swap.Dispose();
            throw;
        }
    }

    public void Commit()
    {
        if (!Directory.Exists(_folder))
        {
            Directory.Move(Next, _folder);
        }
        else if (!OperatingSystem.IsLinux() || RenameAt(CurrentFolder, Next, CurrentFolder, _folder, Exchange) != 0)
        {
            // A file system that cannot exchange: for a moment there is none, and Begin would mend it.
            Directory.Move(_folder, Beside(_folder, "old"));
            Directory.Move(Next, _folder);
        }
    }

    /// <summary>Sweeps away what is left: what was not committed, or what was replaced.</summary>
    public void Dispose()
    {
        Sweep(Next);
        Sweep(Beside(_folder, "old"));
        if (!Directory.Exists(_folder))
        {
            // Nothing came to be that it could guard.
            File.Delete(_lock.Name);
        }

        _lock.Dispose();
    }

    private static FileStream Lock(string folder)
    {
        try
        {
            return new FileStream(Beside(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault) when (fault is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new ProvisionException($"{folder}: another change of it is under way");
        }
    }

    private static string Beside(string folder, string what) => Path.Combine(Path.GetDirectoryName(folder)!, $".{Path.GetFileName(folder)}.{what}");

    private static void Sweep(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void CopyToNext()
    {
        string old = Beside(_folder, "old");
        if (!Directory.Exists(_folder) && Directory.Exists(old))
        {
            Directory.Move(old, _folder);
        }

        Sweep(Next);
        Make(Next);
        if (Directory.Exists(_folder))
        {
            Copy(_folder, Next);
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from))
        {
            string copy = Path.Combine(to, Path.GetFileName(file));
            if (!OperatingSystem.IsLinux() || Link(file, copy) != 0)
            {
                File.Copy(file, copy);
            }
        }

        foreach (string folder in Directory.EnumerateDirectories(from))
        {
            string copy = Path.Combine(to, Path.GetFileName(folder));
            Make(copy);
            Copy(folder, copy);
        }
    }

    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly);
        }
    }

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt(int oldFolder, string oldPath, int newFolder, string newPath, uint flags);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string link);
}
