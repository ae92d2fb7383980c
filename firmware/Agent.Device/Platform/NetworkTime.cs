using System;
using nanoFramework.Networking;

namespace GatewayAgent.Device.Platform;

/// <summary>The wall-clock time from the network. Until it is there reports go by uptime, and no TLS certificate is accepted.</summary>
public static class NetworkTime
{
    /// <param name="server">Who is asked; null or empty: whom the runtime asks by itself.</param>
    public static void Start(string server)
    {
        try
        {
            if (server != null && server.Length > 0)
            {
                Sntp.Server1 = server;
            }

            if (!Sntp.IsStarted)
            {
                Sntp.Start();
            }
        }
        catch (Exception e)
        {
            // A node without the time still measures.
            Console.WriteLine("time: " + e.Message);
        }
    }
}
