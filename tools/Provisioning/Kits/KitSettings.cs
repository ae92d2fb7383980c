using System.Net;
using System.Net.Sockets;
using System.Text.Json.Serialization;
using GatewayAgent.Control;

namespace GatewayAgent.Provisioning.Kits;

/// <summary>How a node makes itself known at the broker.</summary>
public enum NodeIdentity
{
    /// <summary>By a certificate whose common name is its id.</summary>
    Certificate,

    /// <summary>By its id and a password.</summary>
    Password,
}

/// <summary>Whose certificates the nodes and the broker have.</summary>
public enum AuthorityKind
{
    /// <summary>Of a small authority that the kit keeps.</summary>
    Lab,

    /// <summary>Of the operator's own: the kit makes keys and signing requests.</summary>
    Operator,

    /// <summary>There is no TLS.</summary>
    None,
}

/// <summary>What all nodes of a kit share: one broker, and how they are known there.</summary>
public sealed record KitSettings
{
    public const int TlsPort = 8883, PlainPort = 1883;

    /// <summary>Name or address of the broker, as the nodes call it and as its certificate must say.</summary>
    public required string Host { get; init; }

    public required int Port { get; init; }

    public NodeIdentity Identity { get; init; } = NodeIdentity.Certificate;

    public AuthorityKind Authority { get; init; } = AuthorityKind.Lab;

    /// <summary>Where the kit's folder <c>broker</c> lies on the broker's machine; null = where it is written.</summary>
    public string? BrokerFolder { get; init; }

    [JsonIgnore]
    public bool IsTls => Authority != AuthorityKind.None;

    /// <summary>The broker is called by a name that means another machine to everybody.</summary>
    [JsonIgnore]
    public bool IsOwnMachine => IPAddress.TryParse(Host, out IPAddress? address) ? IPAddress.IsLoopback(address) : Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="ProvisionException">A node could not use it.</exception>
    public void Check()
    {
        if (Identity == NodeIdentity.Certificate && !IsTls)
        {
            throw new ProvisionException("without TLS there are no certificates: choose --identity password");
        }

        // lwIP is built without IPv6 in every ESP32 image but those for Thread (nf-interpreter a3e8139a1, sdkconfig.default*).
        if (IPAddress.TryParse(Host, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            throw new ProvisionException("--broker: the runtime of the boards speaks IPv4 only: give the broker's name, or an IPv4 address");
        }

        if (BrokerFolder != null && !Path.IsPathFullyQualified(BrokerFolder))
        {
            throw new ProvisionException($"--broker-folder: '{BrokerFolder}' is no whole path, and a broker may start anywhere");
        }

        var probe = new AgentSettings { Home = "home", Node = "node", BrokerHost = Host, BrokerPort = Port, BrokerTls = IsTls };
        if (probe.Validate() is { } problem)
        {
            throw new ProvisionException($"--broker: {problem}");
        }
    }
}
