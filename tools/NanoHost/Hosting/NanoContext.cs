using nanoFramework.M2Mqtt;
using nanoFramework.Runtime.Native;

namespace GatewayAgent.NanoHost;

/// <summary>
/// One virtual node: what stands behind the device's static API for the code that runs in it. Many nodes live in one process;
/// the current one is that of the thread that called <see cref="Enter"/>, and of the threads and timers started from there.
/// </summary>
public sealed class NanoContext
{
    private static readonly AsyncLocal<NanoContext> _current = new();

    /// <param name="name">Names the node in messages.</param>
    public NanoContext(string name)
    {
        Name = name;
        NetworkEvents = new NetworkEvents(this);
    }

    /// <summary>The node is asked to reboot; raised on the thread that asked.</summary>
    public event Action<RebootOption> RebootRequested;

    /// <summary>SNTP is asked for the time now (<c>Sntp.UpdateNow</c>).</summary>
    public event Action TimeUpdateRequested;

    /// <summary>The node's clock was set (<c>Rtc.SetSystemTime</c>), UTC.</summary>
    public event Action<DateTime> TimeSet;

    /// <summary>
    /// A handler of the firmware threw on a thread that is not the firmware's own. The device swallows it without a word; here
    /// the owner can say so.
    /// </summary>
    public event Action<Exception> HandlerFailed;

    internal event RebootEventHandler BeforeReboot;

    /// <summary>The node of the running code.</summary>
    /// <exception cref="InvalidOperationException">The code runs outside any node.</exception>
    public static NanoContext Current =>
        _current.Value ?? throw new InvalidOperationException("a device API was called outside a virtual node: NanoContext.Enter comes first");

    public string Name { get; }

    /// <summary>The node's radio; null = the node has none, and FindAllAdapters finds nothing.</summary>
    public IVirtualWifi Wifi { get; init; }

    /// <summary>What the memory APIs answer.</summary>
    public VirtualMemory Memory { get; } = new();

    /// <summary>What is wired to the node's pins.</summary>
    public VirtualBoard Board { get; } = new();

    /// <summary>True between Sntp.Start and Sntp.Stop.</summary>
    public bool SntpStarted { get; internal set; }

    internal string SntpServer1 { get; set; } = "0.pool.ntp.org";

    internal string SntpServer2 { get; set; } = "1.pool.ntp.org";

    internal MqttSettings MqttSettings { get; } = new();

    internal NetworkEvents NetworkEvents { get; }

    /// <summary>Makes this the current node until the result is disposed.</summary>
    public Scope Enter()
    {
        var scope = new Scope(_current.Value);
        _current.Value = this;
        return scope;
    }

    /// <summary>Runs an action as this node: for calls that come from outside it, such as events of the radio.</summary>
    public void Run(Action action)
    {
        using (Enter())
        {
            action();
        }
    }

    internal void Reboot(RebootOption option)
    {
        BeforeReboot?.Invoke();
        RebootRequested?.Invoke(option);
        throw new DeviceRebootException(Name);
    }

    internal void ReportFault(Exception fault) => HandlerFailed?.Invoke(fault);

    internal void UpdateTime() => TimeUpdateRequested?.Invoke();

    internal void SetTime(DateTime time) => TimeSet?.Invoke(time);

    /// <summary>Gives the thread back to the node it had before.</summary>
    public readonly struct Scope : IDisposable
    {
        private readonly NanoContext _before;

        internal Scope(NanoContext before) => _before = before;

        public void Dispose() => _current.Value = _before;
    }
}
