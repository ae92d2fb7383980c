using GatewayAgent.NanoHost;
using nanoFramework.Hardware.Esp32;
using nanoFramework.M2Mqtt;
using nanoFramework.Networking;
using nanoFramework.Runtime.Native;
using NanoGC = nanoFramework.Runtime.Native.GC;

namespace GatewayAgent.Tests.NanoHost;

public sealed class NanoContextTests
{
    [Fact]
    public void Threads_and_timers_belong_to_the_node_that_started_them()
    {
        string[] names = ["", ""];
        for (int i = 0; i < names.Length; i++)
        {
            int slot = i;
            var thread = new Thread(() => names[slot] = NanoContext.Current.Name);
            using (new NanoContext($"node-{i}").Enter())
            {
                thread.Start();
            }

            thread.Join();
        }

        Assert.Equal(["node-0", "node-1"], names);
    }

    [Fact]
    public void Leaving_an_inner_node_returns_to_the_outer()
    {
        using (new NanoContext("outer").Enter())
        {
            new NanoContext("inner").Run(() => Assert.Equal("inner", NanoContext.Current.Name));
            Assert.Equal("outer", NanoContext.Current.Name);
        }
    }

    [Fact]
    public void Each_node_has_mqtt_settings_of_its_own_with_the_devices_defaults()
    {
        var one = new NanoContext("one");
        var two = new NanoContext("two");
        one.Run(() => MqttSettings.Instance.InflightQueueSize = 8);

        one.Run(() => Assert.Equal(8, MqttSettings.Instance.InflightQueueSize));
        two.Run(() => Assert.Equal(int.MaxValue, MqttSettings.Instance.InflightQueueSize));
    }

    [Fact]
    public void A_reboot_tells_the_firmware_then_the_owner_and_does_not_return()
    {
        var node = new NanoContext("node");
        var told = new List<string>();
        node.RebootRequested += option => told.Add($"owner {option}");
        node.Run(() => Power.OnRebootEvent += () => told.Add("firmware"));

        Assert.Throws<DeviceRebootException>(() => node.Run(() => Power.RebootDevice(RebootOption.ClrOnly)));

        Assert.Equal(["firmware", "owner ClrOnly"], told);
    }

    [Fact]
    public void Memory_is_the_nodes()
    {
        var node = new NanoContext("node");
        (node.Memory.ManagedFree, node.Memory.NativeTotal, node.Memory.NativeFree) = (1000, 3000, 2000);
        (node.Memory.NativeLargestBlock, node.Memory.PsramTotal, node.Memory.PsramFree) = (500, 8000, 7000);
        node.Run(() =>
        {
            Assert.Equal(1000u, NanoGC.Run(true));
            Assert.Equal((3000u, 2000u, 500u), Info(NativeMemory.MemoryType.Internal));
            Assert.Equal((8000u, 7000u, 7000u), Info(NativeMemory.MemoryType.SpiRam));
            Assert.Equal((11000u, 9000u, 7000u), Info(NativeMemory.MemoryType.All));
        });
    }

    [Fact]
    public void Asking_for_the_time_and_setting_it_are_told_to_the_owner()
    {
        var node = new NanoContext("node");
        int asked = 0;
        DateTime? set = null;
        node.TimeUpdateRequested += () => asked++;
        node.TimeSet += time => set = time;
        var now = new DateTime(2026, 7, 24, 10, 0, 0, DateTimeKind.Utc);

        node.Run(() =>
        {
            Assert.False(Sntp.IsStarted);
            Sntp.Start();
            Assert.True(Sntp.IsStarted);
            Sntp.UpdateNow();
            Sntp.Stop();
            Assert.False(Sntp.IsStarted);
            Assert.True(Rtc.SetSystemTime(now));
        });

        Assert.Equal(2, asked);
        Assert.Equal(now, set);
    }

    private static (uint Total, uint Free, uint Largest) Info(NativeMemory.MemoryType type)
    {
        NativeMemory.GetMemoryInfo(type, out uint total, out uint free, out uint largest);
        return (total, free, largest);
    }
}
