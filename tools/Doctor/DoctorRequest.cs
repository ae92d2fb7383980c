using System.Net;
using GatewayAgent.Mosquitto;

namespace GatewayAgent.Doctor;

/// <summary>What a doctor is given; what is null is not looked at.</summary>
public sealed record DoctorRequest
{
    public const int NanoFrameworkBaud = 921600;

    /// <summary>Whose node; both or neither. Missing, they are taken from <see cref="Files"/>.</summary>
    public string? Home { get; init; }

    public string? Node { get; init; }

    /// <summary>The broker, as a user who may read the node's branch. Missing, it is taken from <see cref="Files"/>, as the node.</summary>
    public MosquittoOptions? Broker { get; init; }

    /// <summary>Serial port of the board.</summary>
    public string? Port { get; init; }

    public int Baud { get; init; } = NanoFrameworkBaud;

    /// <summary>Restart the board when listening to it begins: what it says at its start says most.</summary>
    public bool Restart { get; init; }

    /// <summary>With <see cref="Port"/>: nanoff's path; null = the one that is installed.</summary>
    public string? Nanoff { get; init; }

    /// <summary>Folder of the node's files, as provisioning writes them.</summary>
    public string? Files { get; init; }

    /// <summary>Address of the collector's store.</summary>
    public string? Store { get; init; }

    /// <summary>Where the collector answers over HTTP, and the token it wants.</summary>
    public Uri? Collector { get; init; }

    public string? Token { get; init; }

    /// <summary>Have the node report now.</summary>
    public bool Ask { get; init; }

    /// <summary>How long the board and the node are listened to.</summary>
    public TimeSpan Listen { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a network may take for one answer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The name service of this machine.</summary>
    internal Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>The clock of this machine.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
