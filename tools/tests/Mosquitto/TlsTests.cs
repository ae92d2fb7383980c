using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
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

        peer.Client.Publish("gw/x", new byte[4000]);

        Assert.Equal(4000, peer.Messages.Take().Payload.Length);
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

    [BrokerFact]
    public void Packets_that_share_a_record_are_all_read()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var done = new ManualResetEventSlim();
        Task serving = Task.Run(() => AnswerInOneRecord(listener, done));
        using var messages = new BlockingCollection<byte>();
        using var client = new MosquittoClient(Trusting(_broker) with { Port = ((IPEndPoint)listener.LocalEndpoint).Port });
        client.MessageReceived += message => messages.Add(message.Payload[0]);

        client.Connect(Peer.Patience);

        Assert.Equal([1, 2, 3], Enumerable.Range(0, 3).Select(_ => messages.TryTake(out byte first, Peer.Patience) ? first : 0));
        done.Set();
        serving.GetAwaiter().GetResult();
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

    /// <summary>As brokers do that gather what they write: CONNACK and three messages of QoS 0 in one TLS record.</summary>
    private void AnswerInOneRecord(TcpListener listener, ManualResetEventSlim done)
    {
        using var certificate = X509Certificate2.CreateFromPemFile(_broker.CertificateFile, _broker.KeyFile);
        using TcpClient accepted = listener.AcceptTcpClient();
        using var stream = new SslStream(accepted.GetStream());
        stream.AuthenticateAsServer(certificate);
        stream.ReadExactly(new byte[2]);
        stream.Write([0x20, 2, 0, 0, 0x30, 4, 0, 1, (byte)'t', 1, 0x30, 4, 0, 1, (byte)'t', 2, 0x30, 4, 0, 1, (byte)'t', 3]);
        done.Wait(Peer.Patience);
    }

    private static MosquittoOptions Trusting(TestCertificates authority) =>
        new() { Tls = new MosquittoTls { CaFile = authority.CertificateFile } };

    private MosquittoBroker Start() =>
        MosquittoBroker.Start(new MosquittoBrokerOptions { Tls = (_broker.CertificateFile, _broker.KeyFile) });
}
