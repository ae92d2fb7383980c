using System.Text;
using GatewayAgent.VirtualDevice.Homes;

namespace GatewayAgent.Tests.Security;

/// <summary>What must not leave a home: names of networks and addresses of everything that sends in it, in any notation.</summary>
internal sealed class HomeSecrets
{
    // An address of which five bytes in a row are told is told.
    private const int TellingBytes = 5;

    private readonly List<(string What, byte[] Pattern)> _patterns = [];

    public HomeSecrets(HomeScript script)
    {
        var home = new Home(script);
        foreach (string ssid in home.AccessPoints.Select(accessPoint => accessPoint.Ssid).Distinct())
        {
            _patterns.Add(($"the name {ssid}", Encoding.UTF8.GetBytes(ssid)));
        }

        IEnumerable<Emitter> emitters = [.. home.AccessPoints, .. home.Clients, .. home.Nodes];
        foreach (Emitter emitter in emitters)
        {
            AddAddress(emitter.Mac);
        }
    }

    /// <returns>What a text or payload gives away.</returns>
    public IEnumerable<string> In(byte[] content)
    {
        foreach ((string what, byte[] pattern) in _patterns)
        {
            if (content.AsSpan().IndexOf(pattern) >= 0)
            {
                yield return what;
            }
        }
    }

    private void AddAddress(byte[] mac)
    {
        string hex = Convert.ToHexString(mac);
        byte[][] notations =
        [
            mac[..TellingBytes],
            mac[^TellingBytes..],
            [.. mac.Reverse()],
            Encoding.ASCII.GetBytes(hex),
            Encoding.ASCII.GetBytes(hex.ToLowerInvariant()),
            Encoding.ASCII.GetBytes(string.Join(':', hex.Chunk(2).Select(pair => new string(pair)))),
            Encoding.ASCII.GetBytes(string.Join(':', hex.ToLowerInvariant().Chunk(2).Select(pair => new string(pair)))),
            Encoding.ASCII.GetBytes(Convert.ToBase64String(mac)),
        ];
        _patterns.AddRange(notations.Select(notation => ($"the address {hex}", notation)));
    }
}
