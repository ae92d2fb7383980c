using GatewayAgent.Detection;
using GatewayAgent.Reporting;
using GatewayAgent.Sampling;

namespace GatewayAgent.DeviceTests.Fakes;

/// <summary>Detection fed with windows of an hour, and the hand that reboots it.</summary>
public sealed class WatchedNode
{
    /// <summary>Hours that it learns before it may alarm.</summary>
    public const int Learned = Limits.DetectionLearnHours;

    private const int Hour = Limits.DetectionHourSeconds;
    private const int Looks = 24;

    private readonly byte[] _buffer = new byte[Limits.EventBytes];
    private readonly byte[] _flash = new byte[SavedState.Bytes];
    private readonly LinkReading _reading = new LinkReading();
    private readonly byte[] _stations = new byte[2 * Limits.StationRecordBytes];
    private Window _window = new Window();
    private uint _boot = 1;

    public WatchedNode()
    {
        Settings = new DetectionSettings();
        Detection = new Deterioration(Clock, _boot, Settings);
    }

    public FakeClock Clock { get; } = new FakeClock();

    public DetectionSettings Settings { get; }

    public Deterioration Detection { get; private set; }

    /// <summary>What the access point states.</summary>
    public int Utilization { get; set; } = LinkReading.UtilizationUnknown;

    /// <summary>Round trips to the gateway, ms; 0 = none are measured.</summary>
    public int GatewayMs { get; set; }

    /// <summary>RSSI of two stations, the second 4 dB weaker, dBm; 0 = there are none.</summary>
    public int StationRssi { get; set; }

    /// <summary>The radio's counter.</summary>
    public int Disconnects { get; set; }

    public int UptimeSeconds => (int)(Clock.UptimeMs / 1000);

    /// <summary>Hours at which the uplink is as strong as this, with a decibel of noise around it.</summary>
    public void Hours(int hours, int rssi)
    {
        for (int hour = 0; hour < hours; hour++)
        {
            Open();
            for (int look = 0; look < Looks; look++)
            {
                Look(rssi + (look % 3) - 1);
            }

            Close();
        }
    }

    /// <summary>Hours without an uplink.</summary>
    public void HoursDown(int hours)
    {
        for (int hour = 0; hour < hours; hour++)
        {
            Open();
            Close();
        }
    }

    /// <summary>The next event, acknowledged by the broker; null = none.</summary>
    public ReadEvent Take()
    {
        ReadEvent next = Peek();
        Detection.Events.Acknowledged();
        return next;
    }

    /// <summary>The next event as it goes on its way; null = none.</summary>
    public ReadEvent Peek()
    {
        int length = Detection.Events.CopyNext(_buffer);
        return length == 0 ? null : new ReadEvent(_buffer, length);
    }

    /// <summary>What was saved, a copy.</summary>
    public byte[] Save()
    {
        Detection.Save(_flash);
        byte[] copy = new byte[SavedState.Bytes];
        System.Array.Copy(_flash, copy, copy.Length);
        return copy;
    }

    /// <summary>Starts anew with what was saved.</summary>
    public void Reboot(byte[] saved)
    {
        _boot++;
        Clock.UptimeMs = 0;
        Clock.UnixSeconds = 0;
        _window = new Window();
        Detection = new Deterioration(Clock, _boot, Settings);
        Detection.Load(saved, saved.Length);
    }

    private void Open()
    {
        _window.Restart(UptimeSeconds);
        for (int i = 0; i < Looks && GatewayMs > 0; i++)
        {
            _window.Gateway.Add(GatewayMs);
        }

        for (int i = 0; i < Looks && StationRssi != 0; i++)
        {
            _stations[5] = 1;
            _stations[6] = (byte)StationRssi;
            _stations[Limits.StationRecordBytes + 5] = 2;
            _stations[Limits.StationRecordBytes + 6] = (byte)(StationRssi - 4);
            _window.Clients.Add(_stations, 2, UptimeSeconds);
        }
    }

    private void Look(int rssi)
    {
        _reading.Clear();
        _reading.Connected = true;
        _reading.Rssi = rssi;
        _reading.Utilization = Utilization;
        _reading.Disconnects = Disconnects;
        _window.Link.Add(_reading, UptimeSeconds);
    }

    private void Close()
    {
        Clock.UptimeMs += Hour * 1000L;
        Clock.UnixSeconds += Clock.UnixSeconds == 0 ? 0u : Hour;
        Detection.WindowClosed(_window, UptimeSeconds);
    }
}
