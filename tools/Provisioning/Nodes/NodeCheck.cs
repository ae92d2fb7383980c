using GatewayAgent.App;
using GatewayAgent.Device.Platform;
using GatewayAgent.Provisioning.Certificates;

namespace GatewayAgent.Provisioning.Nodes;

/// <summary>Reads what was written for a node with the firmware's own classes, before anybody says that it is done.</summary>
internal static class NodeCheck
{
    /// <param name="folder">Of the node, as if it were the flash.</param>
    /// <returns>Null, or what the node would say to it.</returns>
    public static string? Of(string folder, string node, DateTimeOffset now)
    {
        var device = new DeviceApp(folder + Path.DirectorySeparatorChar, new DeviceClock(), null);
        if (!device.IsProvisioned)
        {
            return device.Error;
        }

        string certificate = Path.Combine(folder, NodeFiles.Certificate);
        return File.Exists(certificate)
            ? CertificateCheck.OfClient(
                File.ReadAllText(certificate),
                File.ReadAllText(Path.Combine(folder, NodeFiles.Key)),
                File.ReadAllText(Path.Combine(folder, NodeFiles.Authority)),
                node,
                now)
            : null;
    }
}
