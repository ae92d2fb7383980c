using System.Collections.Concurrent;
using GatewayAgent.Device.Radio;

namespace GatewayAgent.Tests.Firmware;

/// <summary>A native radio that tells which thread samples, so that a test can end it.</summary>
internal sealed class KillableRadio : INativeRadio
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private readonly FakeNativeRadio _radio = new();
    private readonly BlockingCollection<Thread> _samplers = [];
    private Thread? _last;

    /// <summary>Waits for the next thread that samples for the first time.</summary>
    public Thread NextSampler() =>
        _samplers.TryTake(out Thread? thread, _patience) ? thread : throw new TimeoutException("no new thread samples");

    public int GetCaps(byte[] record) => _radio.GetCaps(record);

    public int GetLink(byte[] record)
    {
        if (_last != Thread.CurrentThread)
        {
            _last = Thread.CurrentThread;
            _samplers.Add(_last);
        }

        return _radio.GetLink(record);
    }

    public int GetStations(byte[] records) => _radio.GetStations(records);

    public int TakeChannels(byte[] records) => _radio.TakeChannels(records);

    public int GetTotals(byte[] record) => _radio.GetTotals(record);

    public int GetHealth(byte[] record) => _radio.GetHealth(record);

    public int BeginDwell(int channel, int milliseconds) => _radio.BeginDwell(channel, milliseconds);
}
