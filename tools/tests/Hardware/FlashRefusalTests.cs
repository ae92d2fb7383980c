using GatewayAgent.Hardware;
using GatewayAgent.Hardware.Flashing;
using GatewayAgent.Hardware.Images;
using GatewayAgent.StandIns;
using GatewayAgent.Tests.Hardware.Bench;

namespace GatewayAgent.Tests.Hardware;

/// <summary>What <c>gw flash</c> refuses, before it writes: each time the board is as it was.</summary>
public sealed class FlashRefusalTests : IDisposable
{
    private readonly FlashBench _bench = new();

    public FlashRefusalTests() => _bench.MakeNode();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void An_image_with_another_native_checksum()
    {
        File.Delete(_bench.At($"images/{_bench.Module.Image}-1.17.0.100.zip"));
        _bench.Publish("1.17.0.80", FlashBench.Natives.Replace("System.Net,100.0.0.0,0x8EFB9944", "System.Net,100.2.0.12,0x6DFA71D6", StringComparison.Ordinal));
        Refused("System.Net 1.11.60.0: checksum 0x8EFB9944, but the image has 0x6DFA71D6");
    }

    [Fact]
    public void An_image_without_a_native_half_that_is_needed()
    {
        File.Delete(_bench.At($"images/{_bench.Module.Image}-1.17.0.100.zip"));
        _bench.Publish("1.17.0.80", string.Join("\r\n", FlashBench.Natives.Split("\r\n").Where(line => !line.StartsWith("System.Device.Wifi", StringComparison.Ordinal))));
        Refused("System.Device.Wifi: the image has no native half of it");
    }

    [Fact]
    public void An_image_of_another_line_than_the_lock_has()
    {
        File.Delete(_bench.At($"images/{_bench.Module.Image}-1.17.0.100.zip"));
        _bench.Publish("1.18.0.3");
        Refused("ESP32_C3 1.18.0.3 is not what hardware/images.lock.json means, 1.17.0");
    }

    [Fact]
    public void An_image_with_other_partitions_than_the_boards_file()
    {
        File.Delete(_bench.At($"images/{_bench.Module.Image}-1.17.0.100.zip"));
        _bench.Publish("1.17.0.100", deployOffset: 0x1C0000);
        Refused("partition deploy: at 0x1C0000 with 0x1F0000 bytes in the image, at 0x1B0000 with 0x1F0000 in board.json");
    }

    [Fact]
    public void An_image_whose_runtime_is_for_another_chip()
    {
        File.Delete(_bench.At($"images/{_bench.Module.Image}-1.17.0.100.zip"));
        _bench.Publish("1.17.0.100", runtime: SimulatedBoard.RuntimeOf("ESP32-S3"));
        Refused("nanoCLR.bin: is for ESP32-S3, not ESP32-C3");
    }

    [Fact]
    public void An_image_that_is_no_whole_zip()
    {
        _bench.Put($"images/{_bench.Module.Image}-1.17.0.100.zip", "PK");
        Refused("is no whole zip");
    }

    [Fact]
    public void A_wrong_chip()
    {
        _bench.Put("chip.txt", File.ReadAllText(_bench.At("chip.txt")).Replace("ESP32-C3", "ESP32-C6", StringComparison.Ordinal));
        Refused("wrong chip: ESP32-C3-DevKitM-1 has an ESP32-C3, and this is ESP32-C6");
    }

    [Fact]
    public void A_chip_that_is_too_old()
    {
        _bench.Put("chip.txt", File.ReadAllText(_bench.At("chip.txt")).Replace("revision v0.3", "revision v0.2", StringComparison.Ordinal));
        Refused("need revision 0.3 or later");
    }

    [Fact]
    public void A_flash_of_another_size()
    {
        _bench.Put("chip.txt", File.ReadAllText(_bench.At("chip.txt")).Replace("Flash size 4MB", "Flash size 2MB", StringComparison.Ordinal));
        Refused("ESP32-C3-DevKitM-1 comes with MINI-1 (4 MB, PSRAM 0 MB)");
    }

    [Fact]
    public void An_agent_that_is_too_big_for_its_partition()
    {
        _bench.Agent["nanoFramework.Json"] = Padded(_bench.Agent["nanoFramework.Json"]);
        Refused($"bytes do not fit into the deployment partition of {0x1F0000}");
    }

    [Fact]
    public void An_agent_with_a_package_of_another_version()
    {
        _bench.Agent["nanoFramework.M2Mqtt"] = PeBuilder.Make("nanoFramework.M2Mqtt", "5.1.199.0");
        RefusedUnseen("nanoFramework.M2Mqtt 5.1.199.0: the lock has 5.1.220");
    }

    [Fact]
    public void An_agent_with_another_native_checksum_than_the_locks()
    {
        _bench.Agent["System.Net"] = PeBuilder.Make("System.Net", "1.11.60.0", 0x6DFA71D6);
        RefusedUnseen("System.Net 1.11.60.0: native checksum 0x6DFA71D6, the lock has 0x8EFB9944");
    }

    [Fact]
    public void An_image_that_is_not_the_agent()
    {
        _bench.Agent.Remove("GatewayAgent.App");
        RefusedUnseen("GatewayAgent.App: is not in the image");
    }

    [Fact]
    public void An_agent_that_lacks_what_it_refers_to()
    {
        _bench.Agent["GatewayAgent"] = PeBuilder.Make("GatewayAgent", "0.1.0.0", 0, ("nanoFramework.Logging", "1.1.161.0"), ("mscorlib", "1.16.0.0"));
        RefusedUnseen("GatewayAgent: needs nanoFramework.Logging 1.1.161.0, which is not in the image");
        RefusedUnseen("GatewayAgent: needs mscorlib 1.16.0.0, the image has 1.17.11.0");
    }

    [Fact]
    public void An_assembly_that_the_lock_does_not_know()
    {
        _bench.Agent["Blinky"] = PeBuilder.Make("Blinky", "1.0.0.0");
        RefusedUnseen("Blinky 1.0.0.0: the lock knows no such assembly");
    }

    [Fact]
    public void A_list_of_files_that_are_not_there()
    {
        File.Delete(_bench.At("node/ca.pem"));
        RefusedUnseen("SourceFilePath: ca.pem: no such file");
    }

    [Fact]
    public void A_list_with_a_port_of_its_own()
    {
        _bench.Put("node/network.json", "{ \"SerialPort\": \"/dev/ttyUSB7\" }");
        RefusedUnseen("serialport: /dev/ttyUSB7: is not the board's, /dev/ttyBENCH");
    }

    [Fact]
    public void Settings_that_are_no_json()
    {
        _bench.Put("node/network.json", "Ssid=lab");
        RefusedUnseen("network.json: no JSON");
    }

    [Theory]
    [InlineData("node/network.json", "{ \"SerialPort\": 5 }", "network.json: serialport: 5: must be text")]
    [InlineData("node/files.json", "{ \"Files\": [ { \"SourceFilePath\": [] } ] }", "files.json: SourceFilePath: []: must be text")]
    [InlineData("node/files.json", "{ \"Files\": [] }", "files.json: files: names no file to be put there")]
    [InlineData("node/files.json", "{ \"Files\": [ { \"DestinationFilePath\": \"I:\\\\client.pem\" } ] }", "files.json: files: names no file to be put there")]
    [InlineData("node/network.json", "{ \"WirelesClient\": { \"Ssid\": \"lab\" } }", "network.json: holds no network settings; there should be one of WirelessClient")]
    [InlineData("node/network.json", "[]", "network.json: holds no network settings")]
    [InlineData("node/files.json", "{ \"Files\": {} }", "files.json: files: is missing; it must be a list")]
    public void Settings_of_another_form(string file, string text, string reason)
    {
        _bench.Put(file, text);
        RefusedUnseen(reason);
    }

    [Fact]
    public void But_a_mark_of_byte_order_is_none_of_their_content()
    {
        File.WriteAllText(_bench.At("node/network.json"), "{ \"WirelessClient\": { \"Ssid\": \"lab\" } }", System.Text.Encoding.UTF8);
        _bench.Run(_bench.Request());
    }

    [Fact]
    public void An_image_that_is_damaged_inside()
    {
        string file = _bench.At($"images/{_bench.Module.Image}-1.17.0.100.zip");
        byte[] zip = File.ReadAllBytes(file);
        zip.AsSpan(60, 40).Fill(0xFF);
        File.WriteAllBytes(file, zip);
        Refused("is no whole zip");
    }

    [Fact]
    public void But_a_file_with_a_number_beyond_all_versions_is_passed_over()
    {
        _bench.Put($"images/{_bench.Module.Image}-1.17.0.99999999999.zip", "PK");
        Directory.CreateDirectory(_bench.At("kept/images"));
        File.Copy(_bench.At($"images/{_bench.Module.Image}-1.17.0.99999999999.zip"), _bench.At($"kept/images/{_bench.Module.Image}-1.17.0.99999999999.zip"));
        File.Copy(_bench.At($"images/{_bench.Module.Image}-1.17.0.100.zip"), _bench.At($"kept/images/{_bench.Module.Image}-1.17.0.100.zip"));
        _bench.Run(_bench.Request());
    }

    [Fact]
    public void An_own_runtime_for_another_chip_too_big_or_without_its_list()
    {
        Directory.CreateDirectory(_bench.At("build"));
        string runtime = _bench.At("build/nanoCLR.bin");
        File.WriteAllBytes(runtime, SimulatedBoard.RuntimeOf("ESP32"));
        Refused("is for ESP32, not ESP32-C3", request => request with { Runtime = runtime });
        File.WriteAllBytes(runtime, [.. SimulatedBoard.RuntimeOf("ESP32-C3"), .. new byte[0x1A0000]]);
        Refused("do not fit into the partition of", request => request with { Runtime = runtime });
        File.WriteAllBytes(runtime, SimulatedBoard.RuntimeOf("ESP32-C3"));
        Refused("native_assemblies.csv: is missing", request => request with { Runtime = runtime });
        _bench.Put("build/native_assemblies.csv", FlashBench.Natives + "\r\nGatewayAgent.Radio.Native.V1,1.0.0.0,0xB8FE8B85");
        Refused("GatewayAgent.Radio.Native.V1 0.1.0.0: checksum 0xB8FE8B84, but the image has 0xB8FE8B85", request => request with { Runtime = runtime });
    }

    [Fact]
    public void But_an_own_runtime_with_the_native_radio_is_taken()
    {
        Directory.CreateDirectory(_bench.At("build"));
        File.WriteAllBytes(_bench.At("build/nanoCLR.bin"), SimulatedBoard.RuntimeOf("ESP32-C3"));
        string natives = FlashBench.Natives + "\r\nGatewayAgent.Radio.Native.V1,1.0.0.0,0xB8FE8B84";
        _bench.Put("build/native_assemblies.csv", natives);
        _bench.Put("natives.csv", natives.Replace("\r", "", StringComparison.Ordinal));
        _bench.Run(_bench.Request(request => request with { Runtime = _bench.At("build/nanoCLR.bin") }));
        Assert.Contains($"--clrfile {_bench.At("build/nanoCLR.bin")}", _bench.Log.Single(line => line.StartsWith("update", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private void Refused(string reason, Func<FlashRequest, FlashRequest>? change = null)
    {
        string before = _bench.BoardNow();
        FlashException refused = Assert.Throws<FlashException>(() => _bench.Run(_bench.Request(change)));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Equal("This run wrote nothing: the board is as it was.", refused.Aftermath);
        Assert.Equal(before, _bench.BoardNow());
    }

    /// <summary>Without as much as opening the port.</summary>
    private void RefusedUnseen(string reason)
    {
        HardwareException refused = Assert.Throws<HardwareException>(() => _bench.Run(_bench.Request()));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Empty(_bench.Calls);
    }

    // As big as the whole partition, and sound.
    private static byte[] Padded(byte[] assembly)
    {
        var bytes = new byte[0x1F0000];
        assembly.CopyTo(bytes, 0);
        BitConverter.TryWriteBytes(bytes.AsSpan(40 + (4 * 15)), (uint)bytes.Length);
        BitConverter.TryWriteBytes(bytes.AsSpan(12), PeAssembly.Crc(bytes.AsSpan(PeAssembly.HeaderBytes)));
        bytes.AsSpan(8, 4).Clear();
        BitConverter.TryWriteBytes(bytes.AsSpan(8), PeAssembly.Crc(bytes.AsSpan(0, PeAssembly.HeaderBytes)));
        return bytes;
    }
}
