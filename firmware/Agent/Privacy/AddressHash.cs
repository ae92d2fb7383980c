using System;
using GatewayAgent.Control;

namespace GatewayAgent.Privacy;

/// <summary>
/// Names and addresses as they may leave the home: the lower 32 bits of their SipHash with the home's key. The same address has the same
/// hash on all nodes of a home, and means nothing outside it. Of use to one thread at a time; allocates nothing after its making.
/// </summary>
public sealed class AddressHash
{
    /// <summary>Nothing is told: there is no key.</summary>
    public const uint None = 0;

    // The first byte of what is hashed: six bytes that are a name do not get the hash of the same six as an address.
    private const byte AddressDomain = 1, NameDomain = 2;

    private readonly byte[] _key;
    private readonly byte[] _input = new byte[1 + Limits.NetworkNameBytes];

    /// <param name="key">The home's key; null: every hash is <see cref="None"/>.</param>
    public AddressHash(byte[] key)
    {
        _key = key;
    }

    /// <returns>For the home's own network; null when these settings let nothing be told of it.</returns>
    public static AddressHash OfNetwork(AgentSettings settings) => settings.SsidHash ? For(settings) : null;

    /// <returns>For stations; null when these settings let nothing be told of them.</returns>
    public static AddressHash OfStations(AgentSettings settings) => settings.StationHash ? For(settings) : null;

    /// <param name="data">Holds the MAC address or BSSID.</param>
    /// <param name="offset">First of its six bytes.</param>
    public uint OfAddress(byte[] data, int offset) => Hash(AddressDomain, data, offset, Limits.AddressBytes);

    /// <param name="name">An SSID as it is on the air, usually UTF-8.</param>
    /// <param name="length">Its bytes, at most <see cref="Limits.NetworkNameBytes"/>.</param>
    public uint OfName(byte[] name, int length) => Hash(NameDomain, name, 0, length);

    private static AddressHash For(AgentSettings settings) => settings.HomeKey == null ? null : new AddressHash(settings.HomeKey);

    private uint Hash(byte domain, byte[] data, int offset, int length)
    {
        if (_key == null)
        {
            return None;
        }

        _input[0] = domain;
        Array.Copy(data, offset, _input, 1, length);
        uint hash = (uint)SipHash.Hash(_key, _input, 0, 1 + length);

        // 0 would read as "not told".
        return hash == None ? 1 : hash;
    }
}
