namespace Iot.Device.Ws28xx.Esp32;

/// <summary>Pixels as they go to a strip.</summary>
public abstract class BitmapImage
{
    protected BitmapImage(byte[] data, int width, int height, int stride)
    {
        Data = data;
        Width = width;
        Height = height;
        Stride = stride;
    }

    public byte[] Data { get; }

    public int Width { get; }

    public int Height { get; }

    public int Stride { get; }

    public abstract void SetPixel(int x, int y, byte r, byte g, byte b);
}
