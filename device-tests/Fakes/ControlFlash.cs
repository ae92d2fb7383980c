using System;
using GatewayAgent.Ports;

namespace GatewayAgent.DeviceTests.Fakes;

/// <summary>Files in memory, whose power can be cut at any byte that is written: a file is replaced as a whole, with its last byte, or not at all.</summary>
public sealed class ControlFlash : IFlash
{
    private const int Files = 8;

    private readonly string[] _names = new string[Files];
    private readonly byte[][] _contents = new byte[Files][];

    /// <summary>Bytes until the power is cut; a removal counts as one.</summary>
    public int BytesLeft { get; set; } = int.MaxValue;

    /// <summary>Bytes written so far.</summary>
    public int Written { get; private set; }

    /// <summary>Whether it takes anything.</summary>
    public bool Takes { get; set; } = true;

    public bool Has(string name) => ContentOf(name) != null;

    public int Read(string name, int offset, byte[] buffer, int count)
    {
        byte[] content = ContentOf(name);
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
        _contents[PlaceOf(name)] = content;
        return true;
    }

    public bool Delete(string name)
    {
        Spend(1);
        _contents[PlaceOf(name)] = null;
        return true;
    }

    private byte[] ContentOf(string name) => _contents[PlaceOf(name)];

    private int PlaceOf(string name)
    {
        int place = 0;
        while (_names[place] != null && _names[place] != name)
        {
            place++;
        }

        _names[place] = name;
        return place;
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
