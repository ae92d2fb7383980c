using System.Buffers.Binary;
using System.Text;
using GatewayAgent.Hardware.Images;

namespace GatewayAgent.StandIns;

/// <summary>Makes assemblies as the metadata processor does: header, references and names are real, and there is no code.</summary>
public static class PeBuilder
{
    private const int Tables = 40, References = 0, Strings = 11, End = 15, ReferenceBytes = 12;

    public static byte[] Make(string name, string version, uint checksum = 0, params (string Name, string Version)[] references)
    {
        var names = new List<byte>();
        ushort Id(string text)
        {
            if (text == "mscorlib")
            {
                return 0xFCD2;
            }

            ushort id = (ushort)names.Count;
            names.AddRange([.. Encoding.UTF8.GetBytes(text), 0]);
            return id;
        }

        (ushort Name, string Version)[] needed = [.. references.Select(one => (Id(one.Name), one.Version))];
        ushort own = Id(name);
        int stringsAt = PeAssembly.HeaderBytes + (needed.Length * ReferenceBytes);
        var bytes = new byte[(stringsAt + names.Count + 3) / 4 * 4];
        "NFMRK1"u8.CopyTo(bytes);
        Word(bytes, 20, checksum);
        Version(bytes, 28, version);
        Half(bytes, 36, own);
        Half(bytes, 38, 1);
        for (int table = 0; table <= End; table++)
        {
            Word(bytes, Tables + (4 * table), (uint)(table == References ? PeAssembly.HeaderBytes : table <= Strings ? stringsAt : bytes.Length));
        }

        for (int i = 0; i < needed.Length; i++)
        {
            int at = PeAssembly.HeaderBytes + (i * ReferenceBytes);
            Half(bytes, at, needed[i].Name);
            Version(bytes, at + 4, needed[i].Version);
        }

        names.CopyTo(bytes, stringsAt);
        Word(bytes, 12, PeAssembly.Crc(bytes.AsSpan(PeAssembly.HeaderBytes)));
        Word(bytes, 8, PeAssembly.Crc(bytes.AsSpan(0, PeAssembly.HeaderBytes)));
        return bytes;
    }

    /// <summary>Every assembly that the lock names, as an image of the agent.</summary>
    public static Dictionary<string, byte[]> Agent() => ImagesLock.BuiltIn.Assemblies.Values.ToDictionary(
        one => one.Assembly.Name,
        one => Make(
            one.Assembly.Name,
            one.Version == null ? "0.1.0.0" : $"{one.Version}.0",
            one.Assembly.Checksum ?? 0,
            one.Assembly.Name == "mscorlib" ? [] : [("mscorlib", "1.17.11.0")]));

    private static void Version(byte[] bytes, int at, string version)
    {
        foreach ((string part, int index) in version.Split('.').Select((part, index) => (part, index)))
        {
            Half(bytes, at + (2 * index), ushort.Parse(part));
        }
    }

    private static void Word(byte[] bytes, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);

    private static void Half(byte[] bytes, int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), value);
}
