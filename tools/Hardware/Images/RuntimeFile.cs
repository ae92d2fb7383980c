using System.Buffers.Binary;
using GatewayAgent.Hardware.Boards;

namespace GatewayAgent.Hardware.Images;

/// <summary>A nanoCLR as the boot loader starts it: ESP-IDF's <c>esp_image_header_t</c> and what follows.</summary>
public static class RuntimeFile
{
    private const byte Magic = 0xE9;
    private const int ChipIdAt = 12, HeaderBytes = 24;

    /// <summary>ESP-IDF v5.5.4, <c>esp_app_format.h</c>.</summary>
    private static readonly Dictionary<ushort, string> _chips = new() { [0x00] = "ESP32", [0x05] = "ESP32-C3", [0x09] = "ESP32-S3", [0x17] = "ESP32-C5" };

    /// <summary>What keeps these bytes from being a runtime for this board; null = nothing.</summary>
    public static string? Problem(ReadOnlySpan<byte> bytes, Board board, BoardModule module)
    {
        if (bytes.Length < HeaderBytes || bytes[0] != Magic)
        {
            return "is no image of a program for an ESP32";
        }

        ushort id = BinaryPrimitives.ReadUInt16LittleEndian(bytes[ChipIdAt..]);
        string chip = _chips.TryGetValue(id, out string? known) ? known : $"chip 0x{id:X}";
        if (chip != board.Chip.Type)
        {
            return $"is for {chip}, not {board.Chip.Type}";
        }

        return bytes.Length > module.Runtime.Size ? $"{bytes.Length} bytes do not fit into the partition of {module.Runtime.Size}" : null;
    }
}
