namespace GatewayAgent.Collector.Store;

/// <summary>A stored report: what it covers, and what places it in time.</summary>
/// <param name="BootTime">As it states it, Unix seconds; null = it does not.</param>
internal readonly record struct StoredReport(long Key, SequenceRange Range, long StartS, long SpanS, long? BootTime, long ReceivedAtMs)
{
    /// <summary>The hour in which it counts.</summary>
    /// <param name="bootStartedMs">When its boot began, for a report that does not state it.</param>
    public long HourOf(long bootStartedMs) =>
        WindowTime.HourOf(WindowTime.StartOf(BootTime, StartS, SpanS, ReceivedAtMs, bootStartedMs), SpanS);
}
