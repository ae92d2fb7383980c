using System;
using GatewayAgent.Control;
using GatewayAgent.Device.Platform;

namespace GatewayAgent.App;

/// <summary>The PEM files that provisioning leaves on flash beside <c>agent.json</c>. Each may be missing.</summary>
public static class ProvisionedCertificates
{
    /// <summary>The authority the broker's certificate must come from.</summary>
    public const string AuthorityFile = "ca.pem";

    /// <summary>The node's own certificate and its key.</summary>
    public const string CertificateFile = "client.pem", KeyFile = "client.key";

    public static void Read(FlashStore store, AgentSettings settings)
    {
        settings.BrokerCa = Text(store, AuthorityFile);
        settings.ClientCertificate = Text(store, CertificateFile);
        settings.ClientKey = Text(store, KeyFile);
    }

    // What cannot be read is missing: then there is no connection, and the reason is told there.
    private static string Text(FlashStore store, string name)
    {
        try
        {
            return store.Read(name);
        }
        catch (Exception e)
        {
            Console.WriteLine(name + ": " + e.Message);
            return null;
        }
    }
}
