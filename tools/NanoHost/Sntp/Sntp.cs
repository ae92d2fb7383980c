using GatewayAgent.NanoHost;

namespace nanoFramework.Networking;

/// <summary>The state of the node's SNTP client; an update is told to the owner of the virtual node, who has its clock.</summary>
public class Sntp
{
    public static bool IsStarted => NanoContext.Current.SntpStarted;

    public static string Server1
    {
        get => NanoContext.Current.SntpServer1;
        set => NanoContext.Current.SntpServer1 = value;
    }

    public static string Server2
    {
        get => NanoContext.Current.SntpServer2;
        set => NanoContext.Current.SntpServer2 = value;
    }

    /// <summary>The device asks for the time as soon as it is started.</summary>
    public static void Start()
    {
        NanoContext.Current.SntpStarted = true;
        UpdateNow();
    }

    public static void Stop() => NanoContext.Current.SntpStarted = false;

    public static void UpdateNow() => NanoContext.Current.UpdateTime();
}
