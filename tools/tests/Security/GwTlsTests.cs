using GatewayAgent.Mosquitto;
using GatewayAgent.Tests.Gw;
using GatewayAgent.Tests.Support;

namespace GatewayAgent.Tests.Security;

public sealed class GwTlsTests : GwFolder
{
    private string Database => FileIn("fleet.db");

    [BrokerFact]
    public void A_demo_over_tls_stores_what_its_nodes_close()
    {
        GwResult demo = GwProcess.Run("demo", "--tls", "--seconds", "3", "--speed", "60");

        Assert.Equal((0, ""), (demo.ExitCode, demo.Error));
        Assert.Matches(@"([1-9]\d*) reports closed by 4 nodes, \1 of them stored", demo.Out);
    }

    [BrokerFact]
    public void A_collector_says_why_it_does_not_trust_the_broker()
    {
        using var lab = new TlsLab();

        Assert.Contains(
            $"cannot connect to 127.0.0.1:{lab.Broker.Port}: the broker's certificate is refused: no trusted authority has signed it",
            WordsOf(lab, lab.Stranger.CertificateFile, lab.Authority.IssueClient("collector")),
            StringComparison.Ordinal);
    }

    [BrokerFact]
    public void A_collector_says_why_the_broker_does_not_trust_it()
    {
        using var lab = new TlsLab();

        Assert.Contains(
            "the broker refuses this client's certificate, or misses one (TLS alert: certificate expired)",
            WordsOf(lab, lab.Authority.CertificateFile, lab.Authority.IssueClient("collector", expired: true)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--cert and --key: give both or neither", "--cafile", "ca.pem", "--cert", "c.pem")]
    [InlineData("--cert: name the broker's authority too, with --cafile", "--cert", "c.pem", "--key", "c.key")]
    public void Half_of_an_identity_is_bad_usage(string words, params string[] options)
    {
        GwResult collect = GwProcess.Run(["collect", "--broker", "127.0.0.1", "--db", Database, .. options]);

        Assert.Equal(new GwResult(2, "", $"gw: {words}\n"), collect);
    }

    private string WordsOf(TlsLab lab, string authority, LabIdentity own)
    {
        using GwProcess gw = GwProcess.Start(
            "collect", "--broker", $"127.0.0.1:{lab.Broker.Port}", "--db", Database, "--cafile", authority, "--cert", own.CertificateFile, "--key", own.KeyFile);
        gw.WaitFor(() => gw.Error.Contains(" disconnected: ", StringComparison.Ordinal), "the refusal");
        gw.Terminate();
        return gw.WaitForEnd().Error;
    }
}
