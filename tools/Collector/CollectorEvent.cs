namespace GatewayAgent.Collector;

/// <summary>What a collector tells whoever runs it.</summary>
public enum CollectorEventKind
{
    /// <summary>The store is open and messages are taken.</summary>
    Started,

    /// <summary>Connected and subscribed.</summary>
    Connected,

    /// <summary>The connection was lost or could not be made; it is tried again.</summary>
    Disconnected,

    /// <summary>Payloads were kept aside; told at most every ten seconds, with how many there were since.</summary>
    KeptAside,

    /// <summary>What a node answered to a configuration or a command.</summary>
    Answered,

    /// <summary>A batch could not be written; it is tried again.</summary>
    WriteFailed,

    /// <summary>Something that is made of the reports could not be: an assessment, or dropping by age. It is tried again; told at most every ten seconds.</summary>
    UpkeepFailed,

    /// <summary>Everything taken is stored and the store is closed.</summary>
    Stopped,
}

/// <summary>One event, with its detail in words. Holds no secret and no payload.</summary>
public sealed record CollectorEvent(CollectorEventKind Kind, string Detail);
