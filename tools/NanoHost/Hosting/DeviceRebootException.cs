namespace GatewayAgent.NanoHost;

/// <summary>Unwinds the thread that called Power.RebootDevice: on the device that call does not return.</summary>
public sealed class DeviceRebootException : Exception
{
    internal DeviceRebootException(string node)
        : base($"{node} reboots")
    {
    }
}
