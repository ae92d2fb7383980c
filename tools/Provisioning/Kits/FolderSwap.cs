using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GatewayAgent.Provisioning.Kits;

/// <summary>
/// Changes a folder as a whole, or not at all. The next content is put together beside it, in a hidden folder that starts as a copy by hard
/// links, and <see cref="Commit"/> lets the two change places in one step of the kernel. Whatever ends us before leaves the folder as it was;
/// what we left half done is swept away by the next change. Files must be replaced here, never written into: they are shared with the old content.
/// </summary>
internal sealed partial class FolderSwap : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int CurrentFolder = -100, ErrAgain = 11;
    private const uint Exchange = 2;

    private readonly string _folder;
    private readonly FileStream _lock;
    private readonly Func<string, string, bool> _exchange;

    private FolderSwap(string folder, FileStream held, Func<string, string, bool> exchange)
    {
        _folder = folder;
        _lock = held;
        _exchange = exchange;
        Next = Beside(folder, "next");
    }

    /// <summary>The folder of the next content, for its owner alone.</summary>
    public string Next { get; }

    /// <param name="folder">Missing: it is made.</param>
    /// <param name="exchange">Lets two folders change places, false = it cannot; null = the kernel does.</param>
    /// <exception cref="ProvisionException">Another change of it is under way, we stand in it, or it cannot be replaced or kept private.</exception>
    /// <exception cref="IOException">The file system refuses.</exception>
    public static FolderSwap Begin(string folder, Func<string, string, bool>? exchange = null)
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
        var swap = new FolderSwap(folder, Lock(folder), exchange ?? ExchangeByKernel);
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

    /// <exception cref="ProvisionException">It cannot be replaced, and is as it was.</exception>
    /// <exception cref="IOException">The file system refuses.</exception>
    public void Commit()
    {
        Store();
        if (!Directory.Exists(_folder))
        {
            Directory.Move(Next, _folder);
        }
        else if (!_exchange(Next, _folder))
        {
            // For a moment there is none: Restore mends it.
            MoveAway();
            Directory.Move(Next, _folder);
        }
    }

    /// <summary>Sweeps away what is left: what was not committed, or what was replaced.</summary>
    public void Dispose()
    {
        Restore();
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
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return new FileStream(Beside(folder, "lock"), options);
        }
        catch (IOException fault) when (!OperatingSystem.IsLinux() || fault.HResult == ErrAgain)
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

    private void MoveAway()
    {
        try
        {
            Directory.Move(_folder, Beside(_folder, "old"));
        }
        catch (IOException fault)
        {
            throw new ProvisionException($"{_folder}: cannot be replaced ({fault.Message}). If it is mounted by itself, mount its parent instead");
        }
    }

    // What ended between the two moves of a Commit.
    private void Restore()
    {
        string old = Beside(_folder, "old");
        if (!Directory.Exists(_folder) && Directory.Exists(old))
        {
            Directory.Move(old, _folder);
        }
    }

    // The places are changed at once, and the content reaches the disk when the kernel likes: a power cut between would leave empty files.
    private void Store()
    {
        if (OperatingSystem.IsLinux() && SyncFileSystem(_lock.SafeFileHandle) != 0)
        {
            throw new IOException($"{_folder}: cannot be stored ({Marshal.GetLastPInvokeErrorMessage()})");
        }
    }

    private static bool ExchangeByKernel(string one, string other) =>
        OperatingSystem.IsLinux() && RenameAt(CurrentFolder, one, CurrentFolder, other, Exchange) == 0;

    private void CopyToNext()
    {
        Restore();
        Sweep(Next);
        Make(Next);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(Next) & ~OwnerOnly) != 0)
        {
            throw new ProvisionException($"{_folder}: its file system keeps no permissions, so others could read its keys. Name a folder on another one");
        }

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
            if (new DirectoryInfo(folder).LinkTarget != null)
            {
                throw new ProvisionException($"{folder}: is a link, and what lies elsewhere cannot change with the rest. Copy from the folder instead");
            }

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

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static partial int SyncFileSystem(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string link);
}
