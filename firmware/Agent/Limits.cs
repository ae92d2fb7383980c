namespace GatewayAgent;

/// <summary>
/// Every capacity of the agent, with its reason. All buffers are allocated once, at start-up, from these numbers; nothing
/// grows afterwards. Sizes in the remarks are for the 32-bit runtime (12-byte heap blocks).
/// </summary>
public static class Limits
{
    /// <summary>Milliseconds between two samples of the uplink. One a second is what the driver refreshes (it averages beacons).</summary>
    public const int SamplePeriodMs = 1000;

    /// <summary>Milliseconds between two looks at the station list: it costs a call for each station, and people walk slowly.</summary>
    public const int StationPeriodMs = 10000;

    /// <summary>Milliseconds between two visits of a foreign channel. 120 ms of every 4 s keeps the radio home 97 % of the time.</summary>
    public const int SurveyPeriodMs = 4000;

    /// <summary>Length of a visit, ms: longer than the usual beacon interval of 102.4 ms, far below the 1,500 ms that risk the link.</summary>
    public const int DwellMs = 120;

    /// <summary>Own-channel utilisation (0–255) above which no foreign channel is visited: 10 %, OpenSync's figure.</summary>
    public const int BusyUtilization = 26;

    /// <summary>A busy channel holds visits off for at most this long, ms: a channel that is always busy still needs its survey.</summary>
    public const int BusyHoldOffMs = 600000;

    /// <summary>Milliseconds between two round trips to the gateway.</summary>
    public const int ProbePeriodMs = 30000;

    /// <summary>Milliseconds between two looks at the heap: asking the managed heap forces a collection.</summary>
    public const int HealthPeriodMs = 60000;

    /// <summary>Shortest, usual and longest window, seconds. At 60 s a report costs 2 B/s; beyond an hour nobody calls it real time.</summary>
    public const int WindowMinSeconds = 60;
    public const int WindowDefaultSeconds = 300;
    public const int WindowMaxSeconds = 3600;

    /// <summary>Bins of an RSSI histogram: 2 dB each from −102 dBm to −23 dBm. See <see cref="Statistics.RssiBins"/>.</summary>
    public const int RssiBins = 40;

    /// <summary>Bins of a latency histogram: powers of two from under 1 ms to 16 s. See <see cref="Statistics.LatencyBins"/>.</summary>
    public const int LatencyBins = 16;

    /// <summary>Channels there are: 1–14 and the 28 of 5 GHz. One native record each.</summary>
    public const int Channels = 42;

    /// <summary>Bytes of a native channel record (ABI 1). 42 records are 2,016 B, read once a window.</summary>
    public const int ChannelRecordBytes = 48;

    /// <summary>Stations a soft AP of the ESP32 family can have (15 on ESP32 and S3, fewer elsewhere), 8 B a record.</summary>
    public const int Stations = 15;
    public const int StationRecordBytes = 8;

    /// <summary>
    /// Largest report. Small enough for one TCP segment with TLS and topic, and for 12 reports an hour from a million homes.
    /// What does not fit continues in a further report of the same window.
    /// </summary>
    public const int ReportBytes = 512;

    // Worst case of all that stands before the channel rows, so that the first report of a window always holds it. A histogram costs a byte a bin,
    // and one more in each bin that holds 128 samples or more. The dwells of quiet channels share the window: at 1/100 s at most half
    // of 42 need three bytes.
    private const int LinkHistogramBytes = RssiBins + (WindowMaxSeconds * 1000 / SamplePeriodMs / 128);
    private const int ClientHistogramBytes = RssiBins * 2;
    private const int LatencyHistogramBytes = LatencyBins + (LatencyBins * 2);
    private const int QuietDwellBytes = 3 + (Channels * 2) + (Channels / 2);
    private const int IdentityBytes = 31, LinkBytes = 26, ClientBytes = 29, LatencyBytes = 14, HealthBytes = 22, LossBytes = 32, SurveyBytes = 39;
    private const int ReportHeadBytes = IdentityBytes + LinkBytes + LinkHistogramBytes + ClientBytes + ClientHistogramBytes + LatencyBytes
        + LatencyHistogramBytes + HealthBytes + LossBytes + SurveyBytes + QuietDwellBytes;

    /// <summary>Does not compile (−1 is no byte) when the head of a report could be larger than a report.</summary>
    internal const byte ReportHeadFits = ReportHeadBytes <= ReportBytes ? 1 : -1;

    /// <summary>
    /// Bytes and reports that wait in RAM for an acknowledgement: 8 KiB hold about five hours of typical reports at 300 s. It is the
    /// largest buffer of the agent and the one to raise on boards with PSRAM.
    /// </summary>
    public const int OutboxBytes = 8192;
    public const int OutboxReports = 64;

    /// <summary>
    /// Reports handed to MQTT and not yet acknowledged by the broker. With more than one M2Mqtt can lose an acknowledgement: it looks only at
    /// the head of its queue of answers. One also keeps the order.
    /// </summary>
    public const int InFlight = 1;

    /// <summary>Acknowledgements noted by the MQTT client's threads until the uplink's next step: of the birth and of what is in flight.</summary>
    public const int PublishNotes = 4;

    /// <summary>Round trips noted until the sampler's next tick.</summary>
    public const int RoundTrips = 32;

    /// <summary>Milliseconds after which a publish without any answer counts as failed. M2Mqtt gives up by itself after about 4 s.</summary>
    public const int PublishTimeoutMs = 60000;

    /// <summary>Milliseconds after which a subscription without an answer ends the connection: nobody would hear the collector.</summary>
    public const int SubscribeTimeoutMs = 60000;

    /// <summary>Publishes that may fail in a row before the connection is given up: the broker is there but does not answer.</summary>
    public const int PublishFailures = 3;

    /// <summary>
    /// Milliseconds that the collector's acknowledgement may stay away before a report that the broker has is sent again; doubles
    /// with each try up to <see cref="AckTimeoutDoublings"/> times, so that a collector that is down does not double the traffic.
    /// </summary>
    public const int AckTimeoutMs = 120000;
    public const int AckTimeoutDoublings = 5;

    /// <summary>
    /// Reconnection: the n-th pause is random in [m·2^(n−1), m·2^n) with m = 5 s and n ≤ 10 (TR-369 R-MQTT.45 by obuspa): a street that
    /// gets its power back does not knock at the broker in one second. The first attempt after a boot comes within m.
    /// </summary>
    public const int BackoffMs = 5000;
    public const int BackoffSteps = 10;

    /// <summary>Longest home or node identifier: topics stay short, and the broker's ACL patterns take any such name.</summary>
    public const int IdentifierChars = 64;

    /// <summary>Key of SipHash-2-4: 128 bits.</summary>
    public const int HomeKeyBytes = 16;

    /// <summary>Largest message taken from the broker. An acknowledgement has 12 bytes.</summary>
    public const int InboundBytes = 64;

    /// <summary>Brightness of the status light, 0–255, while it has news, and once it has none: bedrooms stay dark.</summary>
    public const int LightBrightness = 48;
    public const int LightIdleBrightness = 1;

    /// <summary>Characters of a line of the display (128 pixels, 6 each) and of its large figure (18 each).</summary>
    public const int ScreenColumns = 21;
    public const int FigureColumns = 7;

    /// <summary>Milliseconds after which placement mode ends by itself: whoever carries the node has long put it down.</summary>
    public const int PlacementMs = 30 * 60 * 1000;

    /// <summary>
    /// Backhaul RSSI in placement mode, dBm: weak below −75 and good from −66 (ALE OmniVista); from −45 the node stands where the gateway's
    /// own coverage needs no help.
    /// </summary>
    public const int PlacementWeakDbm = -75;
    public const int PlacementGoodDbm = -66;
    public const int PlacementCloseDbm = -45;
}
