namespace GatewayAgent.Survival;

/// <summary>Restarts the device unless it is fed.</summary>
public interface IWatchdog
{
    void Feed();
}
