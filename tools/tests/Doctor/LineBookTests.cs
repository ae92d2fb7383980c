using System.Text.RegularExpressions;
using GatewayAgent.Device.Mqtt;
using GatewayAgent.Doctor.Log;

namespace GatewayAgent.Tests.Doctor;

/// <summary>What is known of boards' lines.</summary>
public sealed partial class LineBookTests
{
    [Theory]
    [InlineData("rst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)", LineLevel.Info, Stage.Board, "power came")]
    [InlineData("rst:0xc (SW_CPU_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)", LineLevel.Info, Stage.Board, "the program asked for it")]
    [InlineData("rst:0x7 (TG0WDT_SYS_RST),boot:0x18 (SPI_FAST_FLASH_BOOT)", LineLevel.Warning, Stage.Running, "watchdog")]
    [InlineData("rst:0xf (RTCWDT_BROWN_OUT_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)", LineLevel.Error, Stage.Board, "supply voltage")]
    [InlineData("rst:0x1 (POWERON_RESET),boot:0x3 (DOWNLOAD_BOOT(UART0/UART1/SDIO_REI_REO_V2))", LineLevel.Error, Stage.Board, "download mode")]
    [InlineData("invalid header: 0xffffffff", LineLevel.Error, Stage.Image, "no program in flash")]
    [InlineData("E (409) boot: No bootable app partitions in the partition table", LineLevel.Error, Stage.Image, "no runtime")]
    [InlineData("Guru Meditation Error: Core  0 panic'ed (StoreProhibited). Exception was unhandled.", LineLevel.Error, Stage.Running, "address that is not there")]
    [InlineData("Guru Meditation Error: Core 1 panic'ed (Interrupt wdt timeout on CPU1).", LineLevel.Error, Stage.Running, "interrupts were off")]
    [InlineData("***ERROR*** A stack overflow in task ReceiverThread has been detected.", LineLevel.Error, Stage.Running, "stack")]
    [InlineData("* Invalid native checksum: nanoFramework.System.Net 0x1C7C7CEA!=0x70D1E0F4 *", LineLevel.Error, Stage.Image, "nanoFramework.System.Net was made for another image")]
    [InlineData("Assembly: GatewayAgent.App (1.0.0.0) needs assembly 'System.IO.FileSystem' (1.1.0.0)", LineLevel.Error, Stage.Image, "System.IO.FileSystem 1.1.0.0 is missing")]
    [InlineData("    ++++ Exception System.OutOfMemoryException - CLR_E_OUT_OF_MEMORY (4) ++++", LineLevel.Warning, Stage.Running, "System.OutOfMemoryException")]
    [InlineData("gateway-agent 1.0.0: not provisioned: brokerHost: must not be empty", LineLevel.Error, Stage.Settings, "brokerHost: must not be empty")]
    [InlineData("agent.json: DeserializationException", LineLevel.Error, Stage.Settings, "no JSON")]
    [InlineData("gateway-agent: safe mode after uplink died: Exception: x", LineLevel.Error, Stage.Running, "uplink died")]
    [InlineData("gateway-agent: cannot start: no room", LineLevel.Error, Stage.Running, "no room")]
    [InlineData("supervisor: sampler stalled", LineLevel.Warning, Stage.Running, "sampler")]
    [InlineData("supervisor: probe died: no word of it", LineLevel.Warning, Stage.Running, "probe")]
    [InlineData("boot record: not written", LineLevel.Error, Stage.Flash, "full or worn")]
    [InlineData("display: no answer", LineLevel.Warning, Stage.Running, "see and touch")]
    [InlineData("uplink: Exception: x", LineLevel.Warning, Stage.Running, "tried again")]
    [InlineData("radio: native assembly V1, capabilities 0x7F, 2.4 GHz", LineLevel.Info, Stage.Running, "ABI 1")]
    [InlineData("radio: stock image, no channels: no native assembly", LineLevel.Info, Stage.Image, "stock image")]
    [InlineData("radio: stock image, no channels: the native assembly has ABI 2", LineLevel.Error, Stage.Image, "ABI 2")]
    [InlineData("something of somebody", LineLevel.Plain, Stage.Running, "")]
    public void Lines_are_explained(string line, LineLevel level, Stage stage, string meaning)
    {
        LineMeaning found = LineBook.Explain(line);

        Assert.Equal((level, stage), (found.Level, found.Stage));
        Assert.Contains(meaning, found.Meaning, StringComparison.Ordinal);
        Assert.True(level != LineLevel.Error || found.Todo != null, "an error without anything to do");
    }

    public static TheoryData<int> TlsCodes => [0x01, 0x04, 0x08, 0x0200, -0x7780, -0x7280, -0x2700];

    /// <summary>The firmware's own words for what fails on the way to the broker: when they change, so must what is said of them.</summary>
    [Theory]
    [MemberData(nameof(TlsCodes))]
    public void The_firmwares_words_for_tls_are_known(int code)
    {
        LineMeaning found = LineBook.Explain($"mqtt: broker:8883: connect: {FaultText.OfTlsCode(code)}");

        Assert.Equal((LineLevel.Error, Stage.Tls), (found.Level, found.Stage));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    public void The_firmwares_words_for_a_refusal_are_known(int code) =>
        Assert.Equal(Stage.Login, LineBook.Explain($"mqtt: broker:8883: {FaultText.OfRefusal(code)}").Stage);

    /// <summary>Each line that the firmware writes at its console begins as one of those that are explained.</summary>
    [Fact]
    public void No_line_of_the_firmware_is_a_stranger()
    {
        string[] calls =
        [
            .. Directory.EnumerateFiles(Path.Combine(SharedData.RepositoryRoot, "firmware"), "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
                .SelectMany(file => Written().Matches(File.ReadAllText(file)).Select(match => match.Groups["text"].Value)),
        ];

        Assert.NotEmpty(calls);
        Assert.All(calls, text => Assert.NotEqual(LineLevel.Plain, LineBook.Explain(Completed(text)).Level));
    }

    // What follows a constant beginning differs.
    private static string Completed(string text) => text switch
    {
        "gateway-agent " => "gateway-agent 1.0.0: not provisioned: x",
        "radio: " => "radio: native assembly V1",
        "supervisor: " => "supervisor: x stalled",
        _ => text + "x",
    };

    [GeneratedRegex("Console\\.WriteLine\\(\"(?<text>[^\"]*)\"")]
    private static partial Regex Written();
}
