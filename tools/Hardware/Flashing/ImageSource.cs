using GatewayAgent.Hardware.Images;
using GatewayAgent.Hardware.Tools;

namespace GatewayAgent.Hardware.Flashing;

/// <summary>Published images of one target, in the folder that nanoff fetches them into.</summary>
/// <param name="view">Told when it has to be waited.</param>
/// <param name="bench">Runs nanoff.</param>
/// <param name="image">What the lock says of the target.</param>
/// <param name="folder">Of all images.</param>
internal sealed class ImageSource(IFlashView view, ToolBench bench, NanoffTool nanoff, LockedImage image, string folder)
{
    public const string CacheLock = "images.lock";

    /// <summary>The newest that the lock allows: fetched, or where that does not succeed, as it was fetched before.</summary>
    /// <returns>The package, and what kept it from being fetched; null = nothing.</returns>
    /// <exception cref="HardwareException">There is none, or it is damaged.</exception>
    public (ImagePackage Package, string? Trouble) Fetch(CancellationToken stop)
    {
        using IDisposable mine = TakeCache(stop);
        string? trouble = null;
        try
        {
            bench.Nanoff(nanoff.Fetch(image.Target, image.IsPinned ? image.Version : null, folder), isWriting: false, stop);
        }
        catch (HardwareException e) when (Find(image.Version) != null)
        {
            trouble = e.Message;
        }

        ImagePackage package = ImagePackage.Find(folder, image);
        if (package.Damage() is { } damage)
        {
            // nanoff takes a file of that name for whole: what an interrupted download left would be in the way for ever.
            File.Delete(package.Path);
            throw new HardwareException($"{damage}: it was deleted, and the next run fetches it again");
        }

        return (package, trouble);
    }

    /// <summary>nanoff unpacks images into one folder for all boards: who fetches or writes one has it alone.</summary>
    public IDisposable TakeCache(CancellationToken stop)
    {
        string file = Path.Combine(folder, CacheLock);
        if (FileLock.TryTake(file) is { } taken)
        {
            return taken;
        }

        view.Wait("another gw flash, which fetches or writes a runtime");
        return FileLock.Take(file, stop);
    }

    /// <summary>What was fetched of a version, or of a line of them; null = nothing.</summary>
    public ImagePackage? Find(string version)
    {
        try
        {
            return ImagePackage.Find(folder, image with { Version = version });
        }
        catch (HardwareException)
        {
            return null;
        }
    }
}
