namespace GatewayAgent.Collector;

/// <summary>How a collector is doing now. Totals count from the start of the process.</summary>
public sealed record CollectorVitals
{
    /// <summary>Connected to the broker and subscribed.</summary>
    public required bool IsConnected { get; init; }

    /// <summary>The store took the last batch; false while batches are tried again.</summary>
    public required bool IsStoreWritable { get; init; }

    /// <summary>Messages that wait for the writer, and how many may.</summary>
    public required int QueueLength { get; init; }

    public required int QueueCapacity { get; init; }

    /// <summary>Batches committed, the messages in them, and the seconds that writing them took.</summary>
    public required long Batches { get; init; }

    public required long BatchMessages { get; init; }

    public required double BatchSeconds { get; init; }

    /// <summary>Longest batch, seconds.</summary>
    public required double LongestBatchSeconds { get; init; }

    /// <summary>Batches that could not be written and were tried again.</summary>
    public required long WriteFailures { get; init; }

    /// <summary>Acknowledgements given to the broker, and those it could not be given.</summary>
    public required long AcksSent { get; init; }

    public required long AcksFailed { get; init; }

    /// <summary>Connections lost or not made.</summary>
    public required long Disconnects { get; init; }

    /// <summary>Homes assessed.</summary>
    public required long Assessments { get; init; }

    /// <summary>How long the home that waits longest for its assessment has waited beyond its turn; null = nothing is assessed here.</summary>
    public required TimeSpan? AssessorLag { get; init; }
}
