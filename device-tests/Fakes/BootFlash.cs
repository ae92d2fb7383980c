using System;
using GatewayAgent.Ports;

namespace GatewayAgent.DeviceTests.Fakes;

/// <summary>A flash of one file, replaced as a whole.</summary>
public sealed class BootFlash : IFlash
{
    /// <summary>Null: there is none.</summary>
    public byte[] Content { get; set; }

    public bool Fails { get; set; }

    public int Writes { get; private set; }

    public int Read(string name, int offset, byte[] buffer, int count)
    {
        if (Content == null || Fails)
        {
            return -1;
        }

        int length = Content.Length - offset < count ? Content.Length - offset : count;
        Array.Copy(Content, offset, buffer, 0, length);
        return length;
    }

    public bool Append(string name, byte[] data, int count) => false;

    public bool Replace(string name, byte[] data, int count)
    {
        if (Fails)
        {
            return false;
        }

        Writes++;
        Content = new byte[count];
        Array.Copy(data, Content, count);
        return true;
    }

    public bool Delete(string name)
    {
        Content = null;
        return true;
    }
}
