using System.Text;

namespace GatewayAgent.Collector.Store;

/// <summary>Texts as every store takes them (PostgreSQL is the one that refuses): no U+0000, no half of a surrogate pair. What cannot stand becomes U+FFFD.</summary>
internal static class PlainText
{
    public static string Of(string text)
    {
        bool isPlain = true;
        foreach (char c in text)
        {
            isPlain &= c != '\0' && !char.IsSurrogate(c);
        }

        return isPlain ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');
    }
}
