using System.Net;
using System.Net.Sockets;

namespace GatewayAgent.Mosquitto;

/// <summary>Finds a free port on loopback below the range the system draws outgoing ports from.</summary>
/// <remarks>
/// Inside that range a client that tries to connect while the broker is down can draw the very port it calls: it then talks to
/// itself and holds the port, and the broker cannot come back.
/// </remarks>
public static class LoopbackPort
{
    private const int First = 20_000;
    private const int End = 32_000;
    private const int Attempts = 100;

    /// <exception cref="MosquittoException">None was found.</exception>
    public static int Find()
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            int port = Random.Shared.Next(First, End);
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new MosquittoException($"no free port on 127.0.0.1 from {First} to {End - 1}");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
