using System.Buffers.Text;
using System.Text;

namespace GatewayAgent.Gw.Commands;

/// <summary>Finds out how a payload was written down. A report as bytes is never mistaken: it holds control characters.</summary>
internal static class PayloadText
{
    /// <summary>The payload's bytes, from hex (with or without blanks, colons or dashes), Base64, or the bytes themselves.</summary>
    public static byte[] Decode(byte[] input)
    {
        if (input.Any(b => b is not ((>= 0x20 and < 0x7F) or (byte)'\t' or (byte)'\r' or (byte)'\n')))
        {
            return input;
        }

        string text = Encoding.ASCII.GetString(input);
        return FromHex(text) ?? FromBase64(text) ?? input;
    }

    private static byte[]? FromHex(string text)
    {
        string digits = string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not (':' or '-')));
        return digits.Length > 0 && digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit) ? Convert.FromHexString(digits) : null;
    }

    private static byte[]? FromBase64(string text)
    {
        string compact = text.Trim();
        return compact.Length > 0 && Base64.IsValid(compact) ? Convert.FromBase64String(compact) : null;
    }
}
