using System;
using System.IO;
using GatewayAgent.Ports;

namespace GatewayAgent.Device.Platform;

/// <summary>
/// The port on the file system of the device. A file that is replaced is written beside the old one and then renamed; a power cut in between
/// leaves the new one to be found under its interim name. littlefs makes what was written durable when the file is closed.
/// </summary>
public sealed class FlashFiles : IFlash
{
    private const string Interim = ".new";

    private readonly string _root;

    /// <param name="root">Folder with a closing separator, <c>I:\</c> on the device.</param>
    public FlashFiles(string root)
    {
        _root = root;
    }

    public int Read(string name, int offset, byte[] buffer, int count)
    {
        try
        {
            string path = _root + name;
            Finish(path);
            return File.Exists(path) ? ReadFrom(path, offset, buffer, count) : FlashStatus.Missing;
        }
        catch (Exception)
        {
            // What the file system of the device cannot do arrives as a plain Exception.
            return FlashStatus.Failed;
        }
    }

    public bool Append(string name, byte[] data, int count)
    {
        try
        {
            string path = _root + name;
            Finish(path);
            Write(path, FileMode.Append, data, count);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    public bool Replace(string name, byte[] data, int count)
    {
        try
        {
            string path = _root + name;
            Finish(path);
            Write(path + Interim, FileMode.Create, data, count);
            DeleteFile(path);
            File.Move(path + Interim, path);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    public bool Delete(string name)
    {
        try
        {
            // The interim file first: alone it would pass for the content.
            DeleteFile(_root + name + Interim);
            DeleteFile(_root + name);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private static void DeleteFile(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    private static int ReadFrom(string path, int offset, byte[] buffer, int count)
    {
        using FileStream file = new FileStream(path, FileMode.Open, FileAccess.Read);
        if (offset >= file.Length)
        {
            return 0;
        }

        file.Seek(offset, SeekOrigin.Begin);
        int read = 0, more;
        do
        {
            more = file.Read(buffer, read, count - read);
            read += more;
        }
        while (more > 0 && read < count);
        return read;
    }

    private static void Write(string path, FileMode mode, byte[] data, int count)
    {
        using FileStream file = new FileStream(path, mode, FileAccess.Write);
        file.Write(data, 0, count);
        file.Flush();
    }

    // Does what a cut within Replace has left to do. An empty interim file was only just begun: littlefs shows content when a file is closed.
    private static void Finish(string path)
    {
        if (!File.Exists(path) && File.Exists(path + Interim) && new FileInfo(path + Interim).Length > 0)
        {
            File.Move(path + Interim, path);
        }
    }
}
