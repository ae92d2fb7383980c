using System.CommandLine.Parsing;
using System.Globalization;

namespace GatewayAgent.Gw.Replay;

/// <summary>A span of the capture, in seconds from its start.</summary>
internal readonly record struct Outage(int From, int Seconds)
{
    private const int MostSeconds = 24 * 3600;

    /// <summary>Reads <c>FROM:SECONDS</c>.</summary>
    public static Outage? Parse(ArgumentResult result)
    {
        string typed = result.Tokens[0].Value;
        string[] parts = typed.Split(':');
        if (parts.Length == 2 && Number(parts[0]) is { } from && Number(parts[1]) is > 0 and var seconds)
        {
            return new Outage(from, seconds);
        }

        result.AddError($"--broker-outage: '{typed}' is not FROM:SECONDS, two whole numbers up to {MostSeconds}");
        return null;
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= MostSeconds ? number : null;
}
