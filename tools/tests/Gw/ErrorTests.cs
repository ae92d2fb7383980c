namespace GatewayAgent.Tests.Gw;

/// <summary>What goes wrong is told in one line, with what to do next, and an exit code; never with a stack trace.</summary>
public sealed class ErrorTests : GwFolder
{
    public static TheoryData<string, string> Mistakes => new()
    {
        { "dmeo", "unknown command 'dmeo': did you mean 'demo'? See ./gw --help" },
        { "fly", "unknown command 'fly'. See ./gw --help" },
        { "export --bd x --csv", "unknown option '--bd': did you mean '--db'? See ./gw export --help" },
        { "export --csv", "Option '--db' is required. See ./gw export --help" },
        { "export --csv --db none.db", "none.db: no such file" },
        { "decode", "decode: FILE is missing. See ./gw decode --help" },
        { "decode none.bin", "none.bin: no such file" },
        { "decode /", "/: a folder, not a file" },
        { "decode a b", "unknown argument 'b'. See ./gw decode --help" },
        { "replay none.pcap", "none.pcap: no such file" },
        { "replay none.pcap --interval 59", "--interval: '59' is not a number within 60–3600. See ./gw replay --help" },
        { "replay none.pcap --interval 3601", "--interval: '3601' is not a number within 60–3600. See ./gw replay --help" },
        { "replay none.pcap --interval 1m", "--interval: '1m' is not a number within 60–3600. See ./gw replay --help" },
        { "replay none.pcap --home a/b", "--home: 'a/b' has a character that is none of A–Z a–z 0–9 . _ -" },
        { "replay none.pcap --node +", "--node: '+' has a character that is none of A–Z a–z 0–9 . _ -" },
        { "replay none.pcap --broker localhost:0", "--broker: 'localhost:0' is not HOST or HOST:PORT with a port within 1–65535. See ./gw replay --help" },
        { "replay none.pcap --broker-outage 300", "--broker-outage: '300' is not FROM:SECONDS, two whole numbers up to 86400. See ./gw replay --help" },
        { "replay none.pcap --broker-outage 3:6 --broker localhost", "--broker-outage: only a broker of our own can be taken away; leave out --broker" },
        { "collect --db x.db", "Option '--broker' is required. See ./gw collect --help" },
        { "collect --broker localhost --db x.db --time-zone Mars/Olympus", "--time-zone: 'Mars/Olympus' is no time zone of this machine; write it as in Europe/Berlin. See ./gw collect --help" },
        { "collect --broker localhost --db x.db --password-file none", "none: no such file" },
        { "collect --broker localhost --db x.db --mqtt-version 4", "--mqtt-version: '4' is not one of 3.1.1, 5. See ./gw collect --help" },
        { "collect --broker localhost --db x.db --listen nowhere", "--listen: cannot listen at 'nowhere'. An address such as http://127.0.0.1:8080 is expected" },
        { "collect --broker localhost --db x.db --listen https://127.0.0.1:0", "--https-cert: https://127.0.0.1:0 needs a certificate and its key" },
        { "collect --broker localhost --db x.db --listen http://127.0.0.1:0 --https-cert x", "--https-cert: http://127.0.0.1:0 is no https URL, which a certificate is for" },
        { "collect --broker localhost --db x.db --listen http://127.0.0.1:0 --public-url x", "--public-url: 'x' is no URL that people can use. One such as https://portal.example.net is expected" },
        { "collect --broker localhost --db x.db --tokens x", "--tokens: nothing is served without --listen" },
        { "token x --tokens none/t.json --homes *", $"none/t.json: there is no folder {Path.GetFullPath("none")}" },
        { "token x --tokens t.json --homes * --expires 2020-01-31", "--expires: '2020-01-31' is over: the token would never hold. See ./gw token --help" },
        { "fleet --user x", "--user: the broker of our own asks for none; it is for --broker" },
        { "fleet --history 1 --db x.db --speed 5", "--speed: a history alone is lived as fast as the machine allows; name --days to go on from now" },
        { "fleet --trouble flu", "--trouble: 'flu' is not one of mix, healthy, weak-backhaul, bad-placement, congested-channel, new-neighbour, interference, overload, wan-down, sick-node. See ./gw fleet --help" },
        { "flash", "Option '--image' is required. See ./gw flash --help" },
        { "flash --simulate esp33", $"no board 'esp33'; there are {string.Join(", ", Hardware.HardwareFolder.Ids)}" },
        { "config h/n --broker localhost --as lab/nodes/n", "--as: lab/nodes/n is no client of a kit: there are clients/collector, clients/operator" },
        { "config h/n --broker localhost --as clients/operator --user me", "--as says it all: leave --user out" },
        { "test", "the tests are run by the script: ./gw test" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_told_in_one_line(string typed, string told)
    {
        GwResult refused = GwProcess.Run(typed.Split(' '));

        Assert.Equal(new GwResult(2, "", $"gw: {told}\n"), refused);
    }

    [Fact]
    public void An_empty_file_is_no_payload()
    {
        string file = Written("empty.bin", []);

        Assert.Equal(new GwResult(2, "", $"gw: {file}: empty. A report payload is expected, as bytes, hex or Base64\n"), GwProcess.Run("decode", file));
    }

    [Fact]
    public void A_file_that_is_no_store_is_not_exported()
    {
        GwResult refused = GwProcess.Run("export", "--csv", "--db", Written("text.db", "not a database, whatever its name says"u8.ToArray()));

        Assert.Equal(2, refused.ExitCode);
        Assert.Single(refused.Error.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("", "the file is too short to be a pcap or pcapng capture")]
    [InlineData("not a capture", "the file starts with 0x20746f6e: neither pcap nor pcapng")]
    public void A_file_that_is_no_capture_is_not_replayed(string content, string told)
    {
        GwResult refused = GwProcess.Run("replay", Written("x.pcap", System.Text.Encoding.ASCII.GetBytes(content)));

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains($"x.pcap: {told}", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_capture_of_something_else_names_its_link_type()
    {
        GwResult refused = GwProcess.Run("replay", Written("ethernet.pcap", PcapHeader(linkType: 1)));

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("link type 1 (Ethernet) is not supported", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_capture_without_packets_is_told_and_counts_nothing()
    {
        GwResult empty = GwProcess.Run("replay", Written("empty.pcap", PcapHeader(linkType: 127)));

        Assert.Equal(0, empty.ExitCode);
        Assert.EndsWith("empty.pcap: holds no packets\n", empty.Error, StringComparison.Ordinal);
        Assert.Equal(
            """{"frames":0,"beacons":0,"reports":0,"stored":0,"duplicates":0,"rejected":0,"lost":0}""", empty.LastLine);
    }

    [Fact]
    public void A_store_that_cannot_be_made_ends_a_replay_at_once()
    {
        byte[] capture = [.. PcapHeader(linkType: 127), .. new byte[16]];

        GwResult refused = GwProcess.Run("replay", Written("one.pcap", capture), "--db", FileIn("no such folder/out.db"));

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("the collector does not stay up", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("started again", refused.Error, StringComparison.Ordinal);
    }

    private static byte[] PcapHeader(byte linkType) =>
        [0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, linkType, 0, 0, 0];
}
