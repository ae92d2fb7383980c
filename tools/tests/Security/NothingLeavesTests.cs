using System.Text;
using GatewayAgent.Control;
using GatewayAgent.Privacy;
using GatewayAgent.Protocol;
using GatewayAgent.VirtualDevice.Homes;

namespace GatewayAgent.Tests.Security;

/// <summary>The console is the whole process's: nothing else may write there meanwhile.</summary>
[CollectionDefinition(nameof(NothingLeavesTests), DisableParallelization = true)]
public sealed class ConsoleAlone;

/// <summary>Runs a home whose names and addresses are known, and looks for them in every byte that leaves it.</summary>
[Collection(nameof(NothingLeavesTests))]
public sealed class NothingLeavesTests
{
    private const int Seconds = 900;
    private const string Key = "8d4f0a3b5c6e7f80112233445566778f";

    private static readonly HomeScript _script = HomeScripts.Demo(3) with { Ssid = "Familie Zwiebelfisch" };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_name_and_no_address_is_in_anything_published_or_logged(bool isStock)
    {
        var secrets = new HomeSecrets(_script);
        var transports = new List<HearsayTransport>();
        string log = Logged(() => Run(transports, isStock));

        // Without stations and networks heard there would be nothing to hide.
        Assert.All(transports, transport => Assert.NotEmpty(transport.Reports));
        Assert.Contains(transports.SelectMany(transport => transport.Reports), report => report.Clients?.CountMax > 0);
        Assert.All(transports.SelectMany(transport => transport.Sent), sent => Assert.Empty(secrets.In(sent)));
        Assert.Empty(secrets.In(Encoding.UTF8.GetBytes(log)));
        Assert.DoesNotContain(Key, log, StringComparison.OrdinalIgnoreCase);
        Assert.All(transports.SelectMany(transport => transport.Sent), sent => Assert.Equal(-1, sent.AsSpan().IndexOf(HomeKey.Parse(Key))));
    }

    [Fact]
    public void Neighbours_are_heard_and_still_not_named()
    {
        var transports = new List<HearsayTransport>();
        Run(transports, isStock: false);

        Assert.Contains(transports.SelectMany(transport => transport.Reports), HearsForeignNetworks);
    }

    [Fact]
    public void The_search_finds_what_it_looks_for()
    {
        var secrets = new HomeSecrets(_script);

        Assert.Equal(["the name Familie Zwiebelfisch"], secrets.In(Encoding.UTF8.GetBytes("…Familie Zwiebelfisch…")));
        Assert.Equal(["the name neighbour-1"], secrets.In("neighbour-1!"u8.ToArray()));
        Assert.Contains("the address 021AF0000005", secrets.In([7, 0x02, 0x1A, 0xF0, 0, 0, 5, 7]));
        Assert.Contains("the address 021AF0000005", secrets.In("bssid=02:1a:f0:00:00:05"u8.ToArray()));
    }

    private static bool HearsForeignNetworks(Report report) => report.Survey?.Heard.Count > 0;

    private static void Run(List<HearsayTransport> transports, bool isStock)
    {
        using var run = new HomeRun(_script, new HomeRunOptions
        {
            Settings = node => new AgentSettings
            {
                Home = "h-17",
                Node = node,
                BrokerHost = "127.0.0.1",
                WindowSeconds = Limits.WindowMinSeconds,
                FirstWindowSeconds = Limits.WindowMinSeconds,
                HomeKey = HomeKey.Parse(Key),
                Ssid = Encoding.UTF8.GetBytes(_script.Ssid),
            },
            Transport = _ =>
            {
                transports.Add(new HearsayTransport());
                return transports[^1];
            },
            BootId = node => node[0],
            IsStock = isStock,
        });
        run.Run(Seconds, CancellationToken.None);
        run.Finish(CancellationToken.None);
    }

    private static string Logged(Action action)
    {
        TextWriter before = Console.Out;
        using var log = new StringWriter();
        Console.SetOut(TextWriter.Synchronized(log));
        try
        {
            action();
        }
        finally
        {
            Console.SetOut(before);
        }

        return log.ToString();
    }
}
