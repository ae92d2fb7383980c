using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
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
        UserName = settings.BrokerPassword == null ? null : settings.Node,
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
        evidence = FindAddresses(evidence, request, cancel);
        if (evidence.NameProblem != null)
        {
            return evidence;
        }

        evidence = Connect(evidence, request.Patience, cancel);
        return evidence.ConnectionProblem != null || (evidence.Tls != null && TlsJudge.Problem(evidence, request.Clock.GetUtcNow()) != null)
            ? evidence
            : LogIn(evidence, name, request, cancel);
    }

    private static BrokerEvidence FindAddresses(BrokerEvidence evidence, DoctorRequest request, CancellationToken cancel)
    {
        TimeSpan patience = request.Patience;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        end.CancelAfter(patience);
        try
        {
            IPAddress[] found = request.Resolve(evidence.Options.Host, end.Token).WaitAsync(end.Token).GetAwaiter().GetResult();
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
        var watch = Stopwatch.StartNew();
        try
        {
            using TcpClient client = Dial(evidence, patience, cancel);
            evidence = evidence with { ConnectionTime = watch.Elapsed };
            if (evidence.Options.Tls == null)
            {
                return evidence;
            }

            evidence = evidence with { Tls = TlsProbe.Look(client, evidence.Options, SslProtocols.None, patience, cancel) };
            return evidence.IsNode && evidence.Tls.Protocol > SslProtocols.Tls12 ? evidence with { Speaks12 = Speaks12(evidence, patience, cancel) } : evidence;
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

    private static TcpClient Dial(BrokerEvidence evidence, TimeSpan patience, CancellationToken cancel)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        end.CancelAfter(patience);
        var client = new TcpClient();
        try
        {
            client.ConnectAsync([.. evidence.Addresses], evidence.Options.Port, end.Token).AsTask().GetAwaiter().GetResult();
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private static bool Speaks12(BrokerEvidence evidence, TimeSpan patience, CancellationToken cancel)
    {
        using TcpClient client = Dial(evidence, patience, cancel);
        TlsEvidence tls = TlsProbe.Look(client, evidence.Options, SslProtocols.Tls12, patience, cancel);
        return tls.Protocol == SslProtocols.Tls12 || tls.IsSilent || (tls.IsAlert && !tls.IsOtherVersion);
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
            return Failed(evidence, e);
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
            return Failed(evidence, e);
        }
    }

    // Without a code it is not the library's: the time was over.
    private static BrokerEvidence Failed(BrokerEvidence evidence, MosquittoException e) =>
        evidence with { LoginProblem = e.Message, IsSilent = e.Code == 0 && e is not MosquittoUnreachableException };
}
