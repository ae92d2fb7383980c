using System.Text;
using System.Text.Json;
using GatewayAgent.Protocol;
using Google.Protobuf;

namespace GatewayAgent.Tests.Gw;

public sealed class DecodeTests : GwFolder
{
    private static readonly byte[] _sound = new Report { BootId = 0x1A2B3C4D, Sequence = 7, StartS = 600, SpanS = 300 }.ToByteArray();

    [Fact]
    public void Shows_a_report_as_text()
    {
        GwResult shown = GwProcess.Run("decode", Written("report.bin", _sound));

        Assert.Equal(0, shown.ExitCode);
        Assert.StartsWith("report   7 of boot 1a2b3c4d", shown.Out, StringComparison.Ordinal);
        Assert.Contains("window   300 s from uptime 600 s (wall clock unknown)", shown.Out, StringComparison.Ordinal);
        Assert.Contains("link     not measured", shown.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_a_report_as_JSON()
    {
        GwResult shown = GwProcess.Run("decode", Written("report.bin", _sound), "--json");

        JsonElement report = JsonDocument.Parse(shown.Out).RootElement;
        Assert.Equal(7, report.GetProperty("sequence").GetInt32());
        Assert.Equal(JsonValueKind.Null, report.GetProperty("link").ValueKind);
        Assert.Empty(report.GetProperty("problems").EnumerateArray());
    }

    public static TheoryData<string> Notations => new(
        Convert.ToHexString(_sound),
        Convert.ToHexStringLower(_sound) + "\n",
        BitConverter.ToString(_sound),
        string.Join(':', _sound.Select(b => $"{b:x2}")),
        string.Join(' ', _sound.Select(b => $"{b:X2}")) + "\r\n",
        Convert.ToBase64String(_sound) + "\n");

    [Theory]
    [MemberData(nameof(Notations))]
    public void Reads_hex_and_Base64_from_standard_input(string text)
    {
        GwResult shown = GwProcess.RunWithInput(Encoding.ASCII.GetBytes(text), "decode", "-");

        Assert.Equal(GwProcess.RunWithInput(_sound, "decode", "-"), shown);
        Assert.Equal(0, shown.ExitCode);
    }

    [Fact]
    public void A_payload_cut_short_is_refused_with_the_reason()
    {
        GwResult shown = GwProcess.RunWithInput(_sound[..^1], "decode", "-");

        Assert.Equal(1, shown.ExitCode);
        Assert.Contains($"payload of {_sound.Length - 1} bytes", shown.Out, StringComparison.Ordinal);
        Assert.StartsWith("gw: -: not a sound report: payload", shown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_that_contradicts_itself_is_shown_with_every_problem()
    {
        byte[] payload = new Report { BootId = 1, Sequence = 1, SpanS = 300, Merged = 5, Link = new Link { RssiHistogram = { 39, 1, 2 } } }.ToByteArray();

        GwResult shown = GwProcess.RunWithInput(payload, "decode", "-", "--json");

        Assert.Equal(1, shown.ExitCode);
        JsonElement report = JsonDocument.Parse(shown.Out).RootElement;
        Assert.Equal(1, report.GetProperty("sequence").GetInt32());
        Assert.Equal(2, report.GetProperty("problems").GetArrayLength());
    }
}
