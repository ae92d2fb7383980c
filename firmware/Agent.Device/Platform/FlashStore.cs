using System.IO;

namespace GatewayAgent.Device.Platform;

/// <summary>
/// The texts that provisioning leaves on the flash file system. A text may stand under an interim name: a power cut in the middle of its
/// replacement leaves it there.
/// </summary>
public sealed class FlashStore
{
    private const string Interim = ".new";

    private readonly string _root;

    /// <param name="root">Folder with a closing separator, <c>I:\</c> on the device.</param>
    public FlashStore(string root)
    {
        _root = root;
    }

    /// <returns>The text, or null when there is none.</returns>
    /// <exception cref="System.Exception">The file system does not answer. Most of its errors have no type of their own on the device.</exception>
    public string Read(string name)
    {
        string path = _root + name;
        if (File.Exists(path))
        {
            return File.ReadAllText(path);
        }

        return File.Exists(path + Interim) ? File.ReadAllText(path + Interim) : null;
    }
}
