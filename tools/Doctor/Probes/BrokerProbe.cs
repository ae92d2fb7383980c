using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using GatewayAgent.App;
using GatewayAgent.Mosquitto;

namespace GatewayAgent.Doctor.Probes;

/// <summary>Goes the way to a broker step by step: name, connection, TLS, login, and then listens.</summary>
internal static class BrokerProbe
{
    // MQTT 3.1.1, table 3.1; MQTT 5.0, table 3-1.
    private const int NoSuchVersion = 1, UnsupportedVersion = 132;

    /// <summary>As the node itself goes it.</summary>
    public static MosquittoOptions? OptionsOf(FileEvidence? files) => files is not { SettingsProblem: null, Settings: { } settings } ? null : new MosquittoOptions
    {
        Host = settings.BrokerHost,
        Port = settings.BrokerPort,
        UserName = settings.Node,
        Password = settings.BrokerPassword,
        Tls = !settings.BrokerTls || settings.BrokerCa == null ? null : new MosquittoTls
        {
            CaFile = files.PathOf(ProvisionedCertificates.AuthorityFile),
            CertificateFile = settings.ClientCertificate == null ? null : files.PathOf(ProvisionedCertificates.CertificateFile),
            KeyFile = settings.ClientCertificate == null ? null : files.PathOf(ProvisionedCertificates.KeyFile),
        },
    };

    public static BrokerEvidence Look(MosquittoOptions options, bool isNode, (string Home, string Node)? name, DoctorRequest request, CancellationToken cancel)
    {
        var evidence = new BrokerEvidence { Options = options, IsNode = isNode };
        evidence = FindAddresses(evidence, request.Patience, cancel);
        if (evidence.NameProblem != null)
        {
            return evidence;
        }

        evidence = Connect(evidence, request.Patience, cancel);
        return evidence.ConnectionProblem != null || (evidence.Tls != null && TlsJudge.Problem(evidence, request.Clock.GetUtcNow()) != null)
            ? evidence
            : LogIn(evidence, name, request, cancel);
    }

    private static BrokerEvidence FindAddresses(BrokerEvidence evidence, TimeSpan patience, CancellationToken cancel)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        end.CancelAfter(patience);
        try
        {
            IPAddress[] found = Dns.GetHostAddressesAsync(evidence.Options.Host, end.Token).WaitAsync(end.Token).GetAwaiter().GetResult();
            return found.Length > 0 ? evidence with { Addresses = found } : evidence with { NameProblem = "it has no address" };
        }
        catch (SocketException e)
        {
            return evidence with { NameProblem = e.Message };
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return evidence with { NameProblem = $"no name server answered within {patience.TotalSeconds:0} s" };
        }
    }

    private static BrokerEvidence Connect(BrokerEvidence evidence, TimeSpan patience, CancellationToken cancel)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        end.CancelAfter(patience);
        using var client = new TcpClient();
        var watch = Stopwatch.StartNew();
        try
        {
            client.ConnectAsync([.. evidence.Addresses], evidence.Options.Port, end.Token).AsTask().GetAwaiter().GetResult();
            evidence = evidence with { ConnectionTime = watch.Elapsed };
            return evidence.Options.Tls == null ? evidence : evidence with { Tls = TlsProbe.Look(client, evidence.Options, patience, cancel) };
        }
        catch (SocketException e)
        {
            return evidence with { ConnectionProblem = e.SocketErrorCode == SocketError.ConnectionRefused ? "nobody listens there" : e.Message };
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return evidence with { ConnectionProblem = $"no answer within {patience.TotalSeconds:0} s" };
        }
    }

    private static BrokerEvidence LogIn(BrokerEvidence evidence, (string Home, string Node)? name, DoctorRequest request, CancellationToken cancel)
    {
        // Only MQTT 5.0 says that something published was refused.
        try
        {
            return evidence with { Talk = NodeEar.Listen(evidence.Options with { IsVersion5 = true }, evidence.IsNode, name, request, cancel) };
        }
        catch (MosquittoRefusedException e) when (e.ReturnCode is not (NoSuchVersion or UnsupportedVersion))
        {
            return evidence with { LoginProblem = e.Message, LoginCode = e.ReturnCode };
        }
        catch (MosquittoRefusedException)
        {
            return LogInOld(evidence, name, request, cancel);
        }
        catch (MosquittoException e)
        {
            return evidence with { LoginProblem = e.Message };
        }
    }

    private static BrokerEvidence LogInOld(BrokerEvidence evidence, (string Home, string Node)? name, DoctorRequest request, CancellationToken cancel)
    {
        try
        {
            return evidence with { Talk = NodeEar.Listen(evidence.Options, evidence.IsNode, name, request, cancel) };
        }
        catch (MosquittoRefusedException e)
        {
            return evidence with { LoginProblem = e.Message, LoginCode = e.ReturnCode };
        }
        catch (MosquittoException e)
        {
            return evidence with { LoginProblem = e.Message };
        }
    }
}
