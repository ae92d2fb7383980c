namespace GatewayAgent.Portal;

/// <summary>Every limit of the portal: what one request, one client or one file may cost.</summary>
internal static class PortalLimits
{
    /// <summary>Bytes of a request: only a login has a body.</summary>
    public const int MaxBodyBytes = 4096;

    /// <summary>A path of two ids of 64 characters, and parameters.</summary>
    public const int MaxRequestLineBytes = 4096;

    public const int MaxHeaderBytes = 16 * 1024;

    /// <summary>Requests that are worked on at once, and those that wait; the next is answered 503. Live streams are not among them.</summary>
    public const int MaxConcurrentRequests = 32;
    public const int MaxWaitingRequests = 256;

    /// <summary>Of these, those of one token: half, so that others get on.</summary>
    public const int MaxRequestsOfToken = 16;
    public const int MaxWaitingRequestsOfToken = 128;

    /// <summary>CSV files at once, each of them a file on disk meanwhile; they are counted by themselves, for clients may take them slowly.</summary>
    public const int MaxConcurrentExports = 4;
    public const int MaxWaitingExports = 16;

    /// <summary>Of these, those of one token.</summary>
    public const int MaxExportsOfToken = 2;
    public const int MaxWaitingExportsOfToken = 8;

    public const int MaxConnections = 4096;

    /// <summary>Rows of a page of homes or events.</summary>
    public const int MaxRows = 500;
    public const int DefaultRows = 50;

    /// <summary>Points of a series: more than a phone has pixels across.</summary>
    public const int MaxPoints = 500;

    /// <summary>Metrics of one question for series.</summary>
    public const int MaxMetrics = 12;

    /// <summary>Longest time that is looked at, days: the hours of a quarter, with its neighbours for a comparison.</summary>
    public const int MaxDays = 100;

    /// <summary>Characters of a value that a problem repeats.</summary>
    public const int MaxEchoed = 80;

    /// <summary>Messages kept for clients that come back.</summary>
    public const int LiveHistory = 1000;

    /// <summary>Messages that wait for one client before it is dropped: more than a fleet has to tell at once, for they are shared by all clients.</summary>
    public const int LiveBacklog = 4096;

    /// <summary>Live streams in all, and of one token.</summary>
    public const int MaxLiveClients = 1000;
    public const int MaxLiveClientsOfToken = 100;

    /// <summary>Sessions of logins, in all and of one token; its oldest ends for a newer one.</summary>
    public const int MaxSessions = 10_000;
    public const int MaxSessionsOfToken = 1000;

    /// <summary>Refused tokens of one address a minute before it is told to wait, and addresses that are remembered.</summary>
    public const int MaxFailuresPerMinute = 20;
    public const int MaxFailingAddresses = 10_000;

    /// <summary>Bytes of a file of tokens or webhooks.</summary>
    public const int MaxConfigBytes = 1024 * 1024;

    /// <summary>Endpoints of webhooks: each has a task of its own.</summary>
    public const int MaxEndpoints = 64;

    public static readonly TimeSpan SessionTime = TimeSpan.FromHours(12);

    public static readonly TimeSpan LiveHeartbeat = TimeSpan.FromSeconds(15);

    /// <summary>Fleet figures are at most this old: over a hundred thousand homes they cost a while.</summary>
    public static readonly TimeSpan FleetAge = TimeSpan.FromSeconds(5);
}
