using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using GatewayAgent.Ports;

namespace GatewayAgent.Device.Platform;

/// <summary>
/// Round trip to the default gateway: the time of a TCP handshake with its DNS port. There is no ping on this platform. A refusal is an
/// answer as well.
/// </summary>
public sealed class GatewayProbe : ILatencyProbe
{
    private const int DnsPort = 53;

    // Longer is no answer any more. The connect itself cannot be given a limit, and the probe has a thread of its own.
    private const int TimeoutMs = 10000;

    private readonly IClock _clock;

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
        bool answered = Handshake(new IPEndPoint(IPAddress.Parse(gateway), DnsPort));
        long took = _clock.UptimeMs - start;
        return answered && took < TimeoutMs ? (int)took : -1;
    }

    private static bool Handshake(IPEndPoint gateway)
    {
        using (Socket socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            try
            {
                socket.Connect(gateway);
                return true;
            }
            catch (SocketException e)
            {
                return e.ErrorCode == (int)SocketError.ConnectionRefused;
            }
        }
    }

    private static string Gateway()
    {
        foreach (NetworkInterface network in NetworkInterface.GetAllNetworkInterfaces())
        {
            string address = network.IPv4GatewayAddress;
            if (address != null && address.Length > 0 && address != "0.0.0.0")
            {
                return address;
            }
        }

        return null;
    }
}
