using GatewayAgent.NanoHost;

namespace nanoFramework.Runtime.Native;

/// <summary>Tells the owner of the virtual node; the clock of this machine stays as it is.</summary>
public static class Rtc
{
    public static bool SetSystemTime(DateTime time)
    {
        NanoContext.Current.SetTime(time);
        return true;
    }
}
