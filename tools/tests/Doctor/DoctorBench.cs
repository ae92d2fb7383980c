using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using GatewayAgent.App;
using GatewayAgent.Doctor;
using GatewayAgent.Mosquitto;
using GatewayAgent.Protocol;
using GatewayAgent.Provisioning.Kits;
using GatewayAgent.Tests.Collector;
using GatewayAgent.Tests.Provisioning;
using GatewayAgent.Tests.Support;
using Google.Protobuf;

namespace GatewayAgent.Tests.Doctor;

/// <summary>Everything that a set-up is made of: brokers, boards on pseudo-terminals, files, stores. All of it ends with the test.</summary>
internal sealed class DoctorBench : IDisposable
{
    public const string HomeId = "h17", NodeId = "attic";

    private readonly List<IDisposable> _things = [];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gw doctor ");
    private LabAuthority? _authority;

    public LabAuthority Authority => _authority ??= Keep(new LabAuthority());

    /// <summary>What is looked at, without anything to look at yet.</summary>
    public static DoctorRequest Request => new() { Home = HomeId, Node = NodeId, Listen = TimeSpan.FromSeconds(2), Patience = TimeSpan.FromSeconds(20), Nanoff = "/no/such/nanoff" };

    public static DateTimeOffset Now => DateTimeOffset.UtcNow;

    public static State Birth => new()
    {
        Status = State.Types.Status.Online,
        BootId = 0x00110001,
        BootTime = (uint)(Now.ToUnixTimeSeconds() - 86_400),
        AgentVersion = "1.0.0",
        Radio = Source.StockScan,
        WindowS = 300,
        Boots = 17,
        ResetCause = ResetCause.PowerOn,
    };

    /// <summary>A report whose window has just ended, by a clock that is right.</summary>
    public static Report FreshReport(TimeSpan clockOff = default) => new()
    {
        BootId = 0x00110001,
        Sequence = 288,
        StartS = 86_100,
        SpanS = 300,
        BootTime = (uint)(Now + clockOff).AddSeconds(-86_400).ToUnixTimeSeconds(),
        Link = new Link { RssiHistogram = { 24, 300 }, Channel = 6 },
    };

    public T Keep<T>(T thing)
        where T : IDisposable
    {
        _things.Add(thing);
        return thing;
    }

    /// <summary>A broker that lets everybody do everything, or these users what they may.</summary>
    public MosquittoBroker Broker(params BrokerUser[] users) => Keep(MosquittoBroker.Start(new MosquittoBrokerOptions { Users = users }));

    public MosquittoBroker TlsBroker(LabIdentity identity, string? clientAuthority = null) => Keep(MosquittoBroker.Start(new MosquittoBrokerOptions
    {
        Tls = (identity.CertificateFile, identity.KeyFile),
        ClientAuthority = clientAuthority,
        Users = clientAuthority == null ? [] : [BrokerUser.Node(HomeId, NodeId, "unused")],
    }));

    /// <summary>Says something in a node's place; it stays with the broker.</summary>
    public void Retain(MosquittoBroker broker, string topic, byte[] payload, string? user = null)
    {
        MosquittoClient client = Client(broker, user);
        var taken = new Inbox<int>();
        client.Published += taken.Add;
        client.Publish(topic, payload, retain: true);
        taken.Take();
    }

    public void Retain(MosquittoBroker broker, string name, State state, string? user = null) => Retain(broker, $"gw/v1/{name}/state", state.ToByteArray(), user);

    public void Config(MosquittoBroker broker, string answer, string? desired = null)
    {
        Retain(broker, $"gw/v1/{HomeId}/{NodeId}/config/state", Encoding.UTF8.GetBytes(answer));
        if (desired != null)
        {
            Retain(broker, $"gw/v1/{HomeId}/{NodeId}/config", Encoding.UTF8.GetBytes(desired));
        }
    }

    /// <summary>A node that reports as soon as anybody asks it to.</summary>
    public void ReportWhenAsked(MosquittoBroker broker, Report report)
    {
        MosquittoClient client = Client(broker, null);
        var subscribed = new Inbox<int>();
        client.Subscribed += (_, granted) => subscribed.Add(granted);
        client.MessageReceived += _ => client.Publish($"gw/v1/{HomeId}/{NodeId}/report", report.ToByteArray());
        client.Subscribe($"gw/v1/{HomeId}/{NodeId}/cmd");
        subscribed.Take();
    }

    /// <summary>The node's files, as provisioning would write them for this broker.</summary>
    /// <param name="more">Further members of agent.json.</param>
    public string Files(int port, string more = "\"brokerTls\":false", string host = "127.0.0.1", string home = HomeId, string node = NodeId)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, $"files-{port}-{_things.Count}")).FullName;
        File.WriteAllText(
            Path.Combine(folder, ProvisionedSettings.FileName),
            string.Create(CultureInfo.InvariantCulture, $$"""{"home":"{{home}}","node":"{{node}}","brokerHost":"{{host}}","brokerPort":{{port}},{{more}}}"""));
        return folder;
    }

    /// <summary>The same with certificates.</summary>
    public string TlsFiles(int port, LabIdentity own, LabIdentity? keyOf = null, string host = "127.0.0.1")
    {
        string folder = Files(port, "\"brokerTls\":true", host);
        File.Copy(Authority.CertificateFile, Path.Combine(folder, ProvisionedCertificates.AuthorityFile));
        File.Copy(own.CertificateFile, Path.Combine(folder, ProvisionedCertificates.CertificateFile));
        File.Copy((keyOf ?? own).KeyFile, Path.Combine(folder, ProvisionedCertificates.KeyFile));
        return folder;
    }

    /// <summary>The files of a node that was revoked after it had got them, and the broker of its kit.</summary>
    public string RevokedFiles()
    {
        int port = LoopbackPort.Find();
        KitLab kit = Keep(new KitLab { Request = new KitRequest { Host = "127.0.0.1", Port = port } });
        kit.Provision(KitLab.Plan(HomeId, NodeId), KitLab.Plan(HomeId, "hall"));
        string folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, "stolen")).FullName;
        foreach (string file in Directory.EnumerateFiles(kit.InKit($"nodes/{NodeId}")))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        kit.Revoke(false, NodeId);
        Keep(new KitBroker(kit, port));
        return folder;
    }

    /// <summary>The files of a node whose certificate an operator's authority has yet to sign.</summary>
    public string WaitingFiles()
    {
        KitLab kit = Keep(new KitLab { Request = new KitRequest { Host = "127.0.0.1", AuthorityFile = Authority.CertificateFile } });
        kit.Provision(KitLab.Plan(HomeId, NodeId));
        return kit.InKit($"nodes/{NodeId}");
    }

    /// <summary>A port that takes connections, and says nothing.</summary>
    public int Silence()
    {
        var listener = Keep(new TcpListener(IPAddress.Loopback, 0));
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A port that speaks TLS 1.3 and nothing older.</summary>
    public int Tls13(LabIdentity identity)
    {
        var listener = Keep(new TcpListener(IPAddress.Loopback, 0));
        listener.Start();
        _ = Shake(listener, X509Certificate2.CreateFromPem(identity.Certificate, identity.Key));
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A broker with a certificate that is good, of an authority whose time is over.</summary>
    public DoctorRequest AtExpiredAuthority()
    {
        using CertificateAuthority authority = CertificateAuthority.Create("old", Now.AddDays(-9), Now.AddDays(9));
        IssuedCertificate issued = authority.IssueBroker(["127.0.0.1"], Now.AddDays(-2), Now.AddDays(2));
        using X509Certificate2 expired = Renamed(authority.Certificate).CreateSelfSigned(Now.AddDays(-9), Now.AddDays(-1));
        string Written(string name, string text) => PrivateFile.Write(Path.Combine(_folder.FullName, name), text);
        var identity = new LabIdentity(issued.Certificate, issued.Key, Written("old.pem", issued.Certificate), Written("old.key", issued.Key));
        MosquittoBroker broker = TlsBroker(identity);
        return Request with
        {
            Broker = new MosquittoOptions { Host = "127.0.0.1", Port = broker.Port, Tls = new MosquittoTls { CaFile = Written("old-ca.pem", expired.ExportCertificatePem()) } },
        };
    }

    /// <summary>A board that writes this while it is heard, and answers when its runtime is asked.</summary>
    public string Board(bool isAnswering, params string[] lines) => Keep(new FakeBoard(isAnswering, lines)).Path;

    /// <summary>A nanoff that prints what the real one prints of a runtime (nf-debugger b8f26fb, NanoFrameworkDeviceInfo.ToString).</summary>
    public string Nanoff(string target, string version, string natives, string agent = "GatewayAgent, GatewayAgent.App, GatewayAgent.Device")
    {
        string path = Path.Combine(_folder.FullName, "nanoff");
        string assemblies = string.Concat(agent.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(name => $"  {name}, 1.0.0.0\n"));
        File.WriteAllText(
            path,
            $"""
            #!/bin/sh
            cat <<'END'
            HAL build info: nanoCLR running @ {target}
              Target:   {target}
              Platform: ESP32

            Firmware build Info:
              CLR Version: {version}

            Assemblies:
              mscorlib, 1.17.11.0
            {assemblies}
            Native Assemblies:
              {natives}
            END

            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    /// <summary>A store in which these messages arrived so long ago.</summary>
    public string Store(params ReadOnlySpan<(TimeSpan Ago, string Name, IMessage Message)> messages)
    {
        TemporaryStore store = Keep(new TemporaryStore());
        foreach ((TimeSpan ago, string name, IMessage message) in messages)
        {
            store.NowMs = (Now - ago).ToUnixTimeMilliseconds();
            store.Write(($"gw/v1/{name}/{(message is State ? "state" : "report")}", message.ToByteArray()));
        }

        _ = store.Counters;
        store.Close();
        return store.Path;
    }

    public static DoctorRequest At(MosquittoBroker broker, string? user = null, string? password = null) => Request with
    {
        Broker = new MosquittoOptions { Host = "127.0.0.1", Port = broker.Port, UserName = user, Password = password },
    };

    public DoctorRequest AtTls(MosquittoBroker broker, LabAuthority? trusted = null, string host = "127.0.0.1") => Request with
    {
        Broker = new MosquittoOptions { Host = host, Port = broker.Port, Tls = new MosquittoTls { CaFile = (trusted ?? Authority).CertificateFile } },
    };

    public void Dispose()
    {
        foreach (IDisposable thing in Enumerable.Reverse(_things))
        {
            thing.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    // The same authority by name, key and extensions.
    private static CertificateRequest Renamed(X509Certificate2 authority)
    {
        CertificateRequest request = new(authority.SubjectName, authority.GetECDsaPrivateKey()!, HashAlgorithmName.SHA256);
        foreach (X509Extension extension in authority.Extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        return request;
    }

    // Until the listener is stopped.
    private static async Task Shake(TcpListener listener, X509Certificate2 certificate)
    {
        using X509Certificate2 own = certificate;
        try
        {
            while (true)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync();
                using var stream = new SslStream(client.GetStream());
                try
                {
                    await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = own, EnabledSslProtocols = SslProtocols.Tls13 });
                }
                catch (Exception e) when (e is AuthenticationException or IOException)
                {
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }

    private MosquittoClient Client(MosquittoBroker broker, string? user)
    {
        MosquittoClient client = Keep(new MosquittoClient(new MosquittoOptions { Port = broker.Port, UserName = user, Password = user }));
        client.Connect(TimeSpan.FromSeconds(30));
        return client;
    }
}
