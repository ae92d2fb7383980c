using System.Buffers.Binary;
using System.Security.Cryptography;

namespace GatewayAgent.Gw;

/// <summary>Numbers of boots, as a node draws them: random, never 0.</summary>
internal static class BootIds
{
    public static uint Next() => BinaryPrimitives.ReadUInt32LittleEndian(RandomNumberGenerator.GetBytes(sizeof(uint))) | 1;
}
