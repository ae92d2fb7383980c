using System.IO;

namespace GatewayAgent.Device.Platform;

/// <summary>
/// Small named texts on the flash file system. A text is replaced as a whole: it is written beside the old one and then renamed, and a
/// power cut in between leaves the new one to be found under its interim name.
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

    /// <exception cref="System.Exception">It could not be written; the old text is still there. As for <see cref="Read"/>.</exception>
    public void Write(string name, string text)
    {
        string path = _root + name;
        File.WriteAllText(path + Interim, text);
        if (File.Exists(path))
        {
            File.Delete(path);
        }

        File.Move(path + Interim, path);
    }
}
