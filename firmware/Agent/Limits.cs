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

    /// <summary>Bytes that the uplink may append to a report at each transmission: <c>boot_time</c>, <c>backlog</c> and <c>replayed</c>.</summary>
    public const int StatedAnewBytes = 5 + 6 + 2;

    // Worst case of a window's report without its survey, so that it always fits. A histogram costs a byte a bin, and one more in each bin
    // that holds 128 samples or more.
    private const int LinkHistogramBytes = RssiBins + (WindowMaxSeconds * 1000 / SamplePeriodMs / 128);
    private const int ClientHistogramBytes = RssiBins * 2;
    private const int LatencyHistogramBytes = LatencyBins + (LatencyBins * 2);
    private const int IdentityBytes = 36, LinkBytes = 31, ClientBytes = 29, LatencyBytes = 14, HealthBytes = 25, LossBytes = 50;
    private const int ReportHeadBytes = IdentityBytes + LinkBytes + LinkHistogramBytes + ClientBytes + ClientHistogramBytes + LatencyBytes
        + LatencyHistogramBytes + HealthBytes + LossBytes + StatedAnewBytes;

    /// <summary>Does not compile (−1 is no byte) when the head of a report could be larger than a report.</summary>
    internal const byte ReportHeadFits = ReportHeadBytes <= ReportBytes ? 1 : -1;

    // Worst case of a further report with all quiet channels and one row, whatever was merged: so that each one brings the survey forward.
    private const int SurveyBytes = 41, QuietDwellBytes = 3 + (Channels * 5), LargestRowBytes = 4 + (12 * 5);

    /// <summary>Does not compile when a further report could be without room for a channel.</summary>
    internal const byte ReportRowFits =
        IdentityBytes + SurveyBytes + QuietDwellBytes + LargestRowBytes + StatedAnewBytes <= ReportBytes ? 1 : -1;

    /// <summary>Bytes of a channel in a window: a native record without what no report states. 42 rows are 1,344 B.</summary>
    public const int ChannelRowBytes = 32;

    /// <summary>Longest span of a merged report, s: 30 days. Beyond it a collector takes the span for a fault.</summary>
    public const uint MergedSpanSeconds = 30 * 24 * 3600;

    /// <summary>Most reports that a merged window may take. 42 channels of the largest numbers need six.</summary>
    public const int MergedParts = 8;

    /// <summary>
    /// Bytes and reports that wait in RAM for an acknowledgement: 2.5 KiB hold an hour and a half of typical reports at 300 s, and five of
    /// the largest. In an outage they go to the journal after a minute; without flash they merge.
    /// </summary>
    public const int OutboxBytes = 2560;
    public const int OutboxReports = 20;

    /// <summary>
    /// Milliseconds without a broker after which reports go to flash: shorter outages cost no wear, and with a step of the uplink they are there
    /// within <see cref="UnsafeSeconds"/>.
    /// </summary>
    public const int OutageMs = 50000;

    /// <summary>Milliseconds after which flash that has failed is looked at again: what failed once may work for years.</summary>
    public const int FlashRetryMs = 600000;

    /// <summary>
    /// Milliseconds between two reports that were kept: the 700 that a full journal holds take twelve minutes, and a street that comes back
    /// together does not flood the broker.
    /// </summary>
    public const int ReplayPaceMs = 1000;

    /// <summary>Boots whose reports can be on their way to the collector at once; of more, the words on the first are heard at a second try.</summary>
    public const int AckBoots = 8;

    /// <summary>Largest packet for the broker: a report.</summary>
    public const int PacketBytes = ReportBytes;

    /// <summary>Reports after which the serving access point is stated again, so that one who missed it learns it within the hour.</summary>
    public const int ApStatedEvery = 12;

    /// <summary>Acknowledgements noted by the MQTT client's threads until the uplink's next step: of the subscription and of what is under way.</summary>
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

    /// <summary>Largest acknowledgement taken from the collector. Today's have 12 bytes.</summary>
    public const int AckBytes = 64;

    /// <summary>Brightness of the status light, 0–255, while it has news, and once it has none: bedrooms stay dark.</summary>
    public const int LightBrightness = 48;
    public const int LightIdleBrightness = 1;

    /// <summary>Characters of a line of the display (128 pixels, 6 each) and of its large figure (18 each).</summary>
    public const int ScreenColumns = 21;
    public const int FigureColumns = 7;

    /// <summary>Reports that wait for an acknowledgement before the light tells of it: an hour of them at 300 s.</summary>
    public const int BacklogReports = 12;

    /// <summary>Milliseconds after which placement mode ends by itself: whoever carries the node has long put it down.</summary>
    public const int PlacementMs = 30 * 60 * 1000;

    /// <summary>
    /// Backhaul RSSI in placement mode, dBm: weak below −75 and good from −66 (ALE OmniVista); from −45 the node stands where the gateway's
    /// own coverage needs no help.
    /// </summary>
    public const int PlacementWeakDbm = -75;
    public const int PlacementGoodDbm = -66;
    public const int PlacementCloseDbm = -45;

    /// <summary>
    /// Milliseconds between two looks of the supervisor at the threads: a dead one costs at most two samples before it is started again.
    /// </summary>
    public const int SupervisorPeriodMs = 2000;

    /// <summary>
    /// Milliseconds without progress of sampling or uplink after which the device is restarted: longer than any stall that can pass. The native
    /// watchdog, where there is one, is quicker.
    /// </summary>
    public const int RestartAfterMs = 600000;

    /// <summary>Milliseconds after which a boot has settled: what ends it later is no quick crash.</summary>
    public const int SettleMs = 600000;

    /// <summary>Milliseconds that safe mode lasts: long enough for someone to send a command, then the node tries again by itself.</summary>
    public const int SafeModeMs = 3600000;

    /// <summary>Milliseconds that a planned restart waits for the outbox to be safe. Less than the native watchdog's patience.</summary>
    public const int PlannedStopMs = 120000;

    /// <summary>
    /// The heaps are low when <see cref="HeapLooks"/> looks in a row say so. A TLS session takes 25–40 KB of native heap: with less the next connection
    /// may never come. 8 KB of managed heap are a few packets of the MQTT client.
    /// </summary>
    public const int HeapLookMs = 60000;
    public const int HeapLooks = 5;
    public const int NativeFloorKib = 40;
    public const int ManagedFloorKib = 8;

    /// <summary>Shortest time from boot to a restart for low heap, ms: on a board that is always low it would help nobody.</summary>
    public const int HeapRebootMs = 6 * 60 * 60 * 1000;

    /// <summary>Longest last words, kept on flash and told in the birth message.</summary>
    public const int LastWordsChars = 64;

    /// <summary>Shortest time between two writes of last words, ms: a thread that dies again and again must not wear the flash.</summary>
    public const int WordsPeriodMs = 600000;

    /// <summary>Seconds by which reports may be on flash later than their windows closed: what an end without warning may cost beside the open window.</summary>
    public const int UnsafeSeconds = 60;

    /// <summary>
    /// Largest configuration: all fields with all channels are 1.3 KB. Values are bounded apart, for the JSON library takes some hundred bytes
    /// of heap for each; all channels and fields together are 84. A section with a list is three deep.
    /// </summary>
    public const int ConfigBytes = 2048;
    public const int ConfigValues = 96;
    public const int JsonDepth = 3;

    /// <summary>Largest command: the longest identifier and every field there is are 130 bytes and 7 values.</summary>
    public const int CommandBytes = 256;
    public const int CommandValues = 12;

    /// <summary>Longest identifier of a command: a UUID.</summary>
    public const int CommandIdChars = 36;

    /// <summary>Commands that wait for the answer to the one before, and commands of which a repetition is known.</summary>
    public const int WaitingCommands = 4;
    public const int RecentCommands = 16;

    /// <summary>Seconds that a command may be ahead of its expiry: what is kept longer than it is remembered could run twice.</summary>
    public const int CommandLifeSeconds = 86400;

    /// <summary>Longest time that a node shows itself, seconds.</summary>
    public const int LocateMaxSeconds = 3600;

    /// <summary>Milliseconds that a reboot waits for the acknowledgement of its answer, which is otherwise given after it.</summary>
    public const int RebootAnswerMs = 30000;

    /// <summary>
    /// Milliseconds within which a configuration must prove that it does not cut the node off. Seven attempts to connect fit (their pauses add up to
    /// at most 630 s), or three repetitions of a report that is not acknowledged; a window need not fit, for a report is asked for at once.
    /// </summary>
    public const int ConfigTrialMs = 900000;

    /// <summary>Longest reason of a refusal that is kept and told.</summary>
    public const int ReasonChars = 160;

    /// <summary>Longest name of a broker: that of the DNS.</summary>
    public const int HostChars = 253;

    /// <summary>
    /// Detection looks at values of an hour: long enough that who walks by averages out, and a deterioration that lasts for days is none
    /// the later told. A day of them are 24.
    /// </summary>
    public const int DetectionHourSeconds = 3600;
    public const int DetectionDayHours = 24;

    /// <summary>All metrics of agent.proto: bits 1–6.</summary>
    public const int DetectionMetrics = 0x7E;

    /// <summary>How many spreads a single hour counts at most: the worst hour of a year alone is no reason for an alarm.</summary>
    public const int DetectionLimit = 4;

    /// <summary>Hours learned before the first alarm: a week, so that days off were seen. The memory of the baseline: four weeks.</summary>
    public const int DetectionLearnHours = 168;
    public const int DetectionMemoryHours = 672;

    /// <summary>Hours in a row above the threshold to alarm, near the baseline to clear.</summary>
    public const int DetectionAlarmHours = 3;
    public const int DetectionClearHours = 6;

    /// <summary>Hours after which a worse, or without a word a better, level is the new normal.</summary>
    public const int DetectionAcceptHours = 336;
    public const int DetectionBetterHours = 336;

    /// <summary>
    /// Hours between two saves: what a power cut forgets. A node that is switched off every night learns all the same, and eight small files a
    /// day are 30,000 in ten years, over all blocks of the flash.
    /// </summary>
    public const int DetectionSaveHours = 3;

    /// <summary>Longest time between a save and the next boot that is believed, seconds: 90 days. More is a wrong clock.</summary>
    public const int UnseenSecondsMax = 7776000;

    /// <summary>Ranges of the settings of detection.</summary>
    public const int SensitivityMin = 25;
    public const int SensitivityMax = 400;
    public const int AlarmHoursMax = 24;
    public const int ClearHoursMax = 48;
    public const int EventsPerHourMax = 60;

    /// <summary>Events an hour. Each home has a few a year; more than this is a fault of ours or a storm.</summary>
    public const int EventsPerHour = 4;

    /// <summary>Values of an event's evidence: half a day; and those of them whose mean is called the value now.</summary>
    public const int EvidenceValues = 12;
    public const int LevelValues = 4;

    /// <summary>Largest event: about 95 bytes when every number is as long as it can be.</summary>
    public const int EventBytes = 128;

    /// <summary>
    /// The journal on flash: 24 files of a block of littlefs (4 KB) each are 96 KiB, and 100 while it is compacted, of the 256 KiB of littlefs
    /// on a 4 MB ESP32. They hold more than two days of typical reports at 300 s as they are, and any outage with less resolution.
    /// </summary>
    public const int JournalSegments = 24;
    public const int JournalSegmentBytes = 4096;

    /// <summary>Boots of which the journal notes that the collector has reports while it has not those of the boots before.</summary>
    public const int JournalBootsFreed = 8;

    /// <summary>A MAC address; the longest name a network can have (IEEE 802.11, 9.4.2.2).</summary>
    public const int AddressBytes = 6;
    public const int NetworkNameBytes = 32;
}
