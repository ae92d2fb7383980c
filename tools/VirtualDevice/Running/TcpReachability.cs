using System.Net.Sockets;

namespace GatewayAgent.VirtualDevice.Running;

/// <summary>Whether something accepts TCP connections at an address.</summary>
public static class TcpReachability
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    public static bool IsOpen(string host, int port)
    {
        using var client = new TcpClient();
        using var limit = new CancellationTokenSource(_patience);
        try
        {
            client.ConnectAsync(host, port, limit.Token).AsTask().GetAwaiter().GetResult();
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
