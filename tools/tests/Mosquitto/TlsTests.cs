using System.Net;
using System.Net.Sockets;
using GatewayAgent.Mosquitto;
using GatewayAgent.Tests.Support;

namespace GatewayAgent.Tests.Mosquitto;

public sealed class TlsTests : IDisposable
{
    private readonly TestCertificates _broker = new();
    private readonly TestCertificates _stranger = new();

    [BrokerFact]
    public void A_message_passes_over_tls()
    {
        using MosquittoBroker broker = Start();
        using Peer peer = Peer.Connect(broker, Trusting(_broker));
        peer.Subscribe("gw/x");

        peer.Client.Publish("gw/x", new byte[5000]);

        Assert.Equal(5000, peer.Messages.Take().Payload.Length);
    }

    [BrokerFact]
    public void A_broker_with_a_strangers_certificate_is_not_talked_to()
    {
        using MosquittoBroker broker = Start();
        using var peer = new Peer(broker, Trusting(_stranger));

        Assert.Throws<MosquittoUnreachableException>(() => peer.Client.Connect(Peer.Patience));
    }

    [BrokerFact]
    public void A_reset_within_the_handshake_ends_the_attempt()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task reset = listener.AcceptSocketAsync().ContinueWith(accepted => Reset(accepted.Result), TaskScheduler.Default);
        MosquittoOptions options = Trusting(_broker) with { Port = ((IPEndPoint)listener.LocalEndpoint).Port };
        using var client = new MosquittoClient(options);

        var fault = Assert.ThrowsAny<MosquittoException>(() => client.Connect(Peer.Patience));

        Assert.DoesNotContain("no CONNACK", fault.Message, StringComparison.Ordinal);
        reset.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        _broker.Dispose();
        _stranger.Dispose();
    }

    /// <summary>Closes with a TCP reset, after the first bytes of the handshake are there.</summary>
    private static void Reset(Socket accepted)
    {
        accepted.Receive(new byte[1]);
        accepted.LingerState = new LingerOption(true, 0);
        accepted.Dispose();
    }

    private static MosquittoOptions Trusting(TestCertificates authority) =>
        new() { Tls = new MosquittoTls { CaFile = authority.CertificateFile } };

    private MosquittoBroker Start() =>
        MosquittoBroker.Start(new MosquittoBrokerOptions { Tls = (_broker.CertificateFile, _broker.KeyFile) });
}
