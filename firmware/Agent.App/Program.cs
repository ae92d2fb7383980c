using System;
using System.Threading;
using GatewayAgent.Device.Platform;
using GatewayAgent.Device.Radio;
using nanoFramework.Runtime.Native;

namespace GatewayAgent.App;

/// <summary>The device's entry: runs the app until it wants the device restarted.</summary>
public static class Program
{
    private const string FlashRoot = "I:\\";

    public static void Main() => Run(new DeviceApp(FlashRoot, new DeviceClock(), new NativeRadioV1()));

    /// <summary>Does not return: ends in a restart of the device, or waits for ever to be provisioned.</summary>
    public static void Run(DeviceApp app)
    {
        if (!app.IsProvisioned)
        {
            // A restart would find the same, and wear the flash.
            Console.WriteLine("gateway-agent " + AgentVersion.Text + ": not provisioned: " + app.Error);
            Thread.Sleep(Timeout.Infinite);
        }

        try
        {
            app.Run();
        }
        catch (Exception e)
        {
            // Something the node is made of is not there (yet): a later start may find it.
            Console.WriteLine("gateway-agent: cannot start: " + e.Message);
            Thread.Sleep(app.NoteFailure(e));
        }

        Power.RebootDevice();
    }
}
