using System;
using System.Collections;
using GatewayAgent.Ports;

namespace GatewayAgent.DeviceTests.Fakes;

/// <summary>Files in memory, whose power can be cut at any byte that is written: a file is replaced as a whole, with its last byte, or not at all.</summary>
public sealed class ControlFlash : IFlash
{
    private readonly Hashtable _files = new Hashtable();

    /// <summary>Bytes until the power is cut; a removal counts as one.</summary>
    public int BytesLeft { get; set; } = int.MaxValue;

    /// <summary>Bytes written so far.</summary>
    public int Written { get; private set; }

    /// <summary>Whether it takes anything.</summary>
    public bool Takes { get; set; } = true;

    public bool Has(string name) => _files.Contains(name);

    public int Read(string name, int offset, byte[] buffer, int count)
    {
        byte[] content = (byte[])_files[name];
        if (content == null)
        {
            return -1;
        }

        int length = content.Length - offset < count ? content.Length - offset : count;
        Array.Copy(content, offset, buffer, 0, length);
        return length;
    }

    public bool Append(string name, byte[] data, int count) => throw new NotSupportedException();

    public bool Replace(string name, byte[] data, int count)
    {
        if (!Takes)
        {
            return false;
        }

        Spend(count);
        byte[] content = new byte[count];
        Array.Copy(data, content, count);
        _files[name] = content;
        return true;
    }

    public bool Delete(string name)
    {
        Spend(1);
        _files.Remove(name);
        return true;
    }

    private void Spend(int bytes)
    {
        if (bytes > BytesLeft)
        {
            throw new InvalidOperationException("power cut");
        }

        BytesLeft -= bytes;
        Written += bytes;
    }
}
