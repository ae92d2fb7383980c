using GatewayAgent.NanoHost;
using Spectre.Console;

namespace GatewayAgent.Gw.Demo;

/// <summary>A node's light for a terminal: its hue at full brightness, and a word for those who see no colours.</summary>
internal static class LightWords
{
    public const string Dark = "dark";

    /// <summary>The word for a colour: <c>green</c>, <c>amber</c>, …</summary>
    public static string Of(PixelColour light)
    {
        if (light.IsDark)
        {
            return Dark;
        }

        PixelColour hue = Hue(light);
        return (hue.Red, hue.Green, hue.Blue) switch
        {
            ( > 200, > 200, > 200) => "white",
            ( < 60, _, > 200) => "blue",
            ( > 200, > 230, _) => "yellow",
            ( > 200, > 60, _) => "amber",
            ( > 200, _, _) => "red",
            (_, _, > 60) => "teal",
            ( > 60, _, _) => "lime",
            _ => "green",
        };
    }

    /// <summary>The colour as bright as a terminal can show it; lights that are dim enough for a bedroom would look black.</summary>
    public static Color Shown(PixelColour light)
    {
        PixelColour hue = Hue(light);
        return light.IsDark ? Color.Grey : new Color(hue.Red, hue.Green, hue.Blue);
    }

    private static PixelColour Hue(PixelColour light)
    {
        int most = Math.Max(light.Red, Math.Max(light.Green, light.Blue));
        return most == 0 ? light : new PixelColour(Scaled(light.Red, most), Scaled(light.Green, most), Scaled(light.Blue, most));
    }

    private static byte Scaled(byte part, int most) => (byte)(part * 255 / most);
}
