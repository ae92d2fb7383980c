using System.Diagnostics;

namespace GatewayAgent.Collector;

/// <summary>What a writer has done since the start of the process.</summary>
internal readonly record struct WriterCounts
{
    public long Batches { get; init; }

    public long Messages { get; init; }

    public double Seconds { get; init; }

    public double LongestSeconds { get; init; }

    public long Failures { get; init; }

    /// <summary>The last batch could not be written, and is being tried again.</summary>
    public bool IsFailing { get; init; }

    public long AcksSent { get; init; }

    public long AcksFailed { get; init; }
}

/// <summary>Counts what a writer does; from any thread.</summary>
internal sealed class WriterVitals
{
    private readonly Lock _gate = new();
    private WriterCounts _counts;

    public WriterCounts Counts
    {
        get
        {
            lock (_gate)
            {
                return _counts;
            }
        }
    }

    /// <param name="startedAt">Timestamp of <see cref="Stopwatch"/>.</param>
    public void Written(int messages, long startedAt)
    {
        double seconds = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
        lock (_gate)
        {
            _counts = _counts with
            {
                Batches = _counts.Batches + 1,
                Messages = _counts.Messages + messages,
                Seconds = _counts.Seconds + seconds,
                LongestSeconds = Math.Max(_counts.LongestSeconds, seconds),
                IsFailing = false,
            };
        }
    }

    public void Failed()
    {
        lock (_gate)
        {
            _counts = _counts with { Failures = _counts.Failures + 1, IsFailing = true };
        }
    }

    public void Acknowledged(int sent, int failed)
    {
        lock (_gate)
        {
            _counts = _counts with { AcksSent = _counts.AcksSent + sent, AcksFailed = _counts.AcksFailed + failed };
        }
    }
}
