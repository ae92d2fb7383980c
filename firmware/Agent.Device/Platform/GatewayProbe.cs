using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using GatewayAgent.Ports;

namespace GatewayAgent.Device.Platform;

/// <summary>
/// Round trip to the default gateway: a DNS question for the root, to which any answer will do, also a refusal. There is no ping on this
/// platform, and a TCP connect can neither be bounded nor told apart from a refusal.
/// </summary>
public sealed class GatewayProbe : ILatencyProbe
{
    private const int DnsPort = 53;
    private const int TimeoutMs = 2000;

    // Header (identifier 0, recursion desired, one question), then: the root, type NS, class IN.
    private static readonly byte[] _question = { 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1 };

    private readonly IClock _clock;
    private readonly byte[] _answer = new byte[64];

    public GatewayProbe(IClock clock)
    {
        _clock = clock;
    }

    public bool IsAvailable => Gateway() != null;

    public int Measure()
    {
        string gateway = Gateway();
        if (gateway == null)
        {
            return -1;
        }

        long start = _clock.UptimeMs;
        return Ask(new IPEndPoint(IPAddress.Parse(gateway), DnsPort)) ? (int)(_clock.UptimeMs - start) : -1;
    }

    private bool Ask(IPEndPoint gateway)
    {
        using (Socket socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp))
        {
            try
            {
                socket.ReceiveTimeout = TimeoutMs;
                socket.SendTo(_question, gateway);
                EndPoint from = gateway;
                return socket.ReceiveFrom(_answer, ref from) > 0;
            }
            catch (SocketException e)
            {
                // An answer longer than the buffer is an answer.
                return e.ErrorCode == (int)SocketError.MessageSize;
            }
        }
    }

    // The node's own soft AP has a gateway too: itself.
    private static string Gateway()
    {
        foreach (NetworkInterface network in NetworkInterface.GetAllNetworkInterfaces())
        {
            string address = network.IPv4GatewayAddress;
            if (network.NetworkInterfaceType != NetworkInterfaceType.WirelessAP && address != null && address.Length > 0 && address != "0.0.0.0")
            {
                return address;
            }
        }

        return null;
    }
}
