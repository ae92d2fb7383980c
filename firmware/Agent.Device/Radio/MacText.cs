namespace GatewayAgent.Device.Radio;

/// <summary>Reads a MAC address: pairs of hexadecimal digits, with a separator or without.</summary>
internal static class MacText
{
    private const int Digits = 2 * Limits.AddressBytes;

    /// <returns>False when the text does not have exactly so many digits.</returns>
    public static bool Read(string text, byte[] address)
    {
        int digits = 0;
        foreach (char c in text.ToUpper())
        {
            int digit = "0123456789ABCDEF".IndexOf(c);
            if (digit < 0)
            {
                continue;
            }

            if (digits == Digits)
            {
                return false;
            }

            address[digits / 2] = (byte)((address[digits / 2] << 4) | digit);
            digits++;
        }

        return digits == Digits;
    }
}
