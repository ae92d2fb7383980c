namespace GatewayAgent.Privacy;

/// <summary>The home's key as it is provisioned: 32 hexadecimal digits.</summary>
public static class HomeKey
{
    /// <returns>
    /// The key; null for no text. A text that is no key gives an array of the wrong length, which
    /// <see cref="Control.AgentSettings.Validate"/> refuses: nothing ever quotes it.
    /// </returns>
    public static byte[] Parse(string text)
    {
        if (text == null || text.Length == 0)
        {
            return null;
        }

        if (text.Length != Limits.HomeKeyBytes * 2)
        {
            return new byte[0];
        }

        byte[] key = new byte[Limits.HomeKeyBytes];
        for (int i = 0; i < key.Length; i++)
        {
            int high = Digit(text[2 * i]), low = Digit(text[(2 * i) + 1]);
            if (high < 0 || low < 0)
            {
                return new byte[0];
            }

            key[i] = (byte)((high << 4) | low);
        }

        return key;
    }

    private static int Digit(char c)
    {
        if (c >= '0' && c <= '9')
        {
            return c - '0';
        }

        // Upper and lower case differ in one bit.
        int letter = (c | 0x20) - 'a';
        return c < 128 && letter >= 0 && letter < 6 ? 10 + letter : -1;
    }
}
