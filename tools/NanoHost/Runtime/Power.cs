using GatewayAgent.NanoHost;

namespace nanoFramework.Runtime.Native;

/// <summary>
/// A reboot tells the subscribers, then the owner of the virtual node, and unwinds the calling thread with a
/// <see cref="DeviceRebootException"/>: on the device the call does not return.
/// </summary>
public class Power
{
    public static event RebootEventHandler OnRebootEvent
    {
        add => NanoContext.Current.BeforeReboot += value;
        remove => NanoContext.Current.BeforeReboot -= value;
    }

    public static void RebootDevice(RebootOption rebootOption = RebootOption.NormalReboot) => NanoContext.Current.Reboot(rebootOption);

    /// <param name="exeConstraintTimeout">The time the device gives its subscribers, ms; here they have as long as they need.</param>
    public static void RebootDevice(int exeConstraintTimeout, RebootOption rebootOption = RebootOption.NormalReboot) =>
        NanoContext.Current.Reboot(rebootOption);
}
