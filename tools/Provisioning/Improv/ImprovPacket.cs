using System.Text;

namespace GatewayAgent.Provisioning.Improv;

/// <summary>
/// One packet of Improv Wi-Fi over serial, https://www.improv-wifi.com/serial:
/// <c>IMPROV</c>, version 1, type, length, data, and the sum of all bytes before it.
/// </summary>
public sealed record ImprovPacket(ImprovPacketType Type, byte[] Data)
{
    public const byte Version = 1;
    public const int HeadBytes = 9, MaximumData = 255;

    internal static ReadOnlySpan<byte> Magic => "IMPROV"u8;

    /// <summary>A command with its data.</summary>
    /// <exception cref="ArgumentException">The data does not fit.</exception>
    public static ImprovPacket Of(ImprovCommand command, params byte[] data) =>
        data.Length <= MaximumData - 2
            ? new ImprovPacket(ImprovPacketType.Command, [(byte)command, (byte)data.Length, .. data])
            : throw new ArgumentException($"{data.Length} bytes do not fit in a packet");

    /// <summary>A command's result, which is a list of strings.</summary>
    public static ImprovPacket Result(ImprovCommand command, params string[] strings)
    {
        byte[] list = [.. strings.SelectMany(Prefixed)];
        return new ImprovPacket(ImprovPacketType.Result, [(byte)command, (byte)list.Length, .. list]);
    }

    /// <summary>A string as packets hold it: its length in one byte, then UTF-8.</summary>
    /// <exception cref="ArgumentException">It has more than 255 bytes.</exception>
    public static byte[] Prefixed(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length <= byte.MaxValue ? [(byte)bytes.Length, .. bytes] : throw new ArgumentException("a string of more than 255 bytes");
    }

    /// <summary>The bytes for the line, with a line feed before and after: the device's log shares the line.</summary>
    public byte[] Encode()
    {
        byte[] body = [.. Magic, Version, (byte)Type, (byte)Data.Length, .. Data];
        return [(byte)'\n', .. body, Sum(body), (byte)'\n'];
    }

    /// <summary>
    /// The strings of a result. A byte may follow them: devices on Improv's own library for C++ send one, the room that it keeps for the sum of
    /// the variant over Bluetooth (improv-wifi/sdk-cpp 10cc900, build_rpc_response).
    /// </summary>
    /// <returns>Null when it is not sound.</returns>
    public IReadOnlyList<string>? Strings()
    {
        if (Type != ImprovPacketType.Result || Data.Length < 2 || Data.Length - 2 - Data[1] is < 0 or > 1)
        {
            return null;
        }

        var strings = new List<string>();
        ReadOnlySpan<byte> rest = Data.AsSpan(2, Data[1]);
        while (!rest.IsEmpty)
        {
            int length = rest[0];
            if (length > rest.Length - 1)
            {
                return null;
            }

            strings.Add(Encoding.UTF8.GetString(rest.Slice(1, length)));
            rest = rest[(length + 1)..];
        }

        return strings;
    }

    internal static byte Sum(ReadOnlySpan<byte> bytes)
    {
        byte sum = 0;
        foreach (byte b in bytes)
        {
            sum += b;
        }

        return sum;
    }
}
