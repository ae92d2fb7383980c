namespace GatewayAgent.DeviceTests.Fakes;

/// <summary>Texts as bytes and back; beyond ASCII a character becomes a byte that is none.</summary>
public static class Ascii
{
    public static byte[] Bytes(string text)
    {
        byte[] bytes = new byte[text.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = text[i] < 0x80 ? (byte)text[i] : (byte)0x80;
        }

        return bytes;
    }

    public static string Text(byte[] bytes, int start, int length)
    {
        char[] text = new char[length];
        for (int i = 0; i < length; i++)
        {
            text[i] = (char)bytes[start + i];
        }

        return new string(text);
    }

    /// <summary>The digits of a number.</summary>
    public static uint Number(string digits)
    {
        uint number = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            number = (number * 10) + digits[i] - '0';
        }

        return number;
    }
}
