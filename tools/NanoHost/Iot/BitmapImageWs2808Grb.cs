namespace Iot.Device.Ws28xx.Esp32;

/// <summary>Three bytes a pixel: green, red, blue.</summary>
public class BitmapImageWs2808Grb : BitmapImage
{
    private const int BytesPerPixel = 3;

    public BitmapImageWs2808Grb(int width, int height)
        : base(new byte[width * height * BytesPerPixel], width, height, width * BytesPerPixel)
    {
    }

    public override void SetPixel(int x, int y, byte r, byte g, byte b)
    {
        int offset = (y * Stride) + (x * BytesPerPixel);
        Data[offset] = g;
        Data[offset + 1] = r;
        Data[offset + 2] = b;
    }
}
