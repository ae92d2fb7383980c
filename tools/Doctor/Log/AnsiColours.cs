using System.Text.RegularExpressions;

namespace GatewayAgent.Doctor.Log;

/// <summary>ESP-IDF colours its lines by escape sequences.</summary>
internal static partial class AnsiColours
{
    public static string Strip(string text) => Sequence().Replace(text, "");

    [GeneratedRegex("\x1B\\[[0-9;]*[A-Za-z]")]
    private static partial Regex Sequence();
}
