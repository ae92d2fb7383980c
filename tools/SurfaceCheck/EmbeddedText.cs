namespace GatewayAgent.SurfaceCheck;

/// <summary>The tables that are kept as text beside the code.</summary>
internal static class EmbeddedText
{
    /// <summary>Lines that say something: without comments and empty ones.</summary>
    public static IEnumerable<string> Lines(string name)
    {
        using Stream stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            string text = line.Split('#')[0].Trim();
            if (text.Length > 0)
            {
                yield return text;
            }
        }
    }
}
