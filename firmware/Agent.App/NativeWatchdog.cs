using GatewayAgent.Radio.Native.V1;
using GatewayAgent.Survival;

namespace GatewayAgent.App;

/// <summary>The native assembly's watchdog; on an image without it there is none, and feeding does nothing.</summary>
public sealed class NativeWatchdog : IWatchdog
{
    // Above the worst TLS handshake, which freezes every managed thread for as long as the peer stays silent.
    private const int TimeoutMs = 180000;

    private readonly bool _available;

    public NativeWatchdog(bool available)
    {
        _available = available;
    }

    public void Feed()
    {
        if (_available)
        {
            RadioNative.FeedWatchdog(TimeoutMs);
        }
    }
}
