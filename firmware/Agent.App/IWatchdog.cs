namespace GatewayAgent.App;

/// <summary>Restarts the device unless it is fed.</summary>
public interface IWatchdog
{
    void Feed();
}
