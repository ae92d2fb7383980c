using GatewayAgent.Storage;

namespace GatewayAgent.Survival;

/// <summary>
/// The file behind a <see cref="BootRecord"/>, little-endian: 0 version · 1 flags · 2 end · 3 points · 4 u32 boots · 8 u32 restarts ·
/// 12 u32 restart seconds · 16 u16 window seconds · 18 words (ASCII, padded with 0) · 82 u32 CRC-32 of all before.
/// </summary>
internal sealed class BootState
{
    public const int Bytes = WordsAt + Limits.LastWordsChars + 4;

    /// <summary>How a boot ended: without a mark, clean, or planned with its data not safe.</summary>
    public const byte NoMark = 0, Clean = 1, Planned = 2;

    public uint Boots;
    public uint Restarts;
    public uint RestartSeconds;
    public int WindowSeconds;

    /// <summary>Of <see cref="CrashPolicy"/>.</summary>
    public int Points;
    public byte End;
    public bool HasSettled;
    public bool IsSafeMode;
    public string Words = string.Empty;

    private const byte Version = 1, SettledFlag = 1, SafeModeFlag = 2;
    private const int WordsAt = 18, CrcAt = WordsAt + Limits.LastWordsChars;

    public void Encode(byte[] file)
    {
        file[0] = Version;
        file[1] = (byte)((HasSettled ? SettledFlag : 0) | (IsSafeMode ? SafeModeFlag : 0));
        file[2] = End;
        file[3] = (byte)Points;
        Put32(file, 4, Boots);
        Put32(file, 8, Restarts);
        Put32(file, 12, RestartSeconds);
        file[16] = (byte)WindowSeconds;
        file[17] = (byte)(WindowSeconds >> 8);
        for (int i = 0; i < Words.Length && i < Limits.LastWordsChars; i++)
        {
            char c = Words[i];
            file[WordsAt + i] = c >= ' ' && c <= '~' ? (byte)c : (byte)'?';
        }

        Put32(file, CrcAt, Crc32.Of(file, 0, CrcAt));
    }

    /// <returns>False when it is none, or damaged: then nothing has changed.</returns>
    public bool Decode(byte[] file, int length)
    {
        if (length != Bytes || file[0] != Version || Get32(file, CrcAt) != Crc32.Of(file, 0, CrcAt))
        {
            return false;
        }

        HasSettled = (file[1] & SettledFlag) != 0;
        IsSafeMode = (file[1] & SafeModeFlag) != 0;
        End = file[2];
        Points = file[3];
        Boots = Get32(file, 4);
        Restarts = Get32(file, 8);
        RestartSeconds = Get32(file, 12);
        WindowSeconds = file[16] | (file[17] << 8);
        Words = TextOf(file);
        return true;
    }

    private static string TextOf(byte[] file)
    {
        char[] words = new char[Limits.LastWordsChars];
        int length = 0;
        while (length < words.Length && file[WordsAt + length] != 0)
        {
            words[length] = (char)file[WordsAt + length];
            length++;
        }

        return new string(words, 0, length);
    }

    private static void Put32(byte[] file, int at, uint value)
    {
        file[at] = (byte)value;
        file[at + 1] = (byte)(value >> 8);
        file[at + 2] = (byte)(value >> 16);
        file[at + 3] = (byte)(value >> 24);
    }

    private static uint Get32(byte[] file, int at) =>
        (uint)(file[at] | (file[at + 1] << 8) | (file[at + 2] << 16) | (file[at + 3] << 24));
}
