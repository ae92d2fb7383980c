using GatewayAgent.Hardware;
using GatewayAgent.Hardware.Boards;
using GatewayAgent.Hardware.Images;
using GatewayAgent.Hardware.Tools;

namespace GatewayAgent.Tests.Hardware;

/// <summary>What nanoff and esptool print, as their sources have it, and what is made of it.</summary>
public sealed class ToolTests
{
    [Theory]
    [InlineData("ESP32 (ESP32-D0WD-V3 (revision v3.1))", "ESP32", "ESP32-D0WD-V3", "3.1")]
    [InlineData("ESP32-S3 (ESP32-S3 (QFN56) (revision v0.2))", "ESP32-S3", "ESP32-S3 (QFN56)", "0.2")]
    [InlineData("ESP32-C3 (ESP8685 (QFN28) (revision v0.4))", "ESP32-C3", "ESP8685 (QFN28)", "0.4")]
    [InlineData("ESP32-C5 (ESP32-C5 (revision v1.0))", "ESP32-C5", "ESP32-C5", "1.0")]
    [InlineData("ESP32-C61", "ESP32-C61", "", null)]
    public void Nanoffs_details_of_a_chip_are_read(string line, string type, string name, string? revision)
    {
        DeviceDetails? chip = DeviceDetails.FromNanoff(
            ["Reading details from chip...OK", "Connected to:", line, "Features Wi-Fi, BT 5 (LE)", "Flash size 8MB W25Q64 from WINBOND (manufacturer 0xEF device 0x4017)", "PSRAM: undetermined", "Crystal 40MHz", "MAC 24:0A:C4:00:11:22"]);
        Assert.Equal(new DeviceDetails(type, name, revision, 8, null, "240AC4001122"), chip);
    }

    [Theory]
    [InlineData("PSRAM: not available", 0)]
    [InlineData("PSRAM: 8MB", 8)]
    [InlineData("PSRAM: undetermined", null)]
    public void Psram_is_there_not_there_or_unknown(string line, int? megabytes) =>
        Assert.Equal(megabytes, DeviceDetails.FromNanoff(["Connected to:", "ESP32-S3 (ESP32-S3 (QFN56) (revision v0.2))", line])!.PsramMegabytes);

    [Fact]
    public void Where_no_chip_was_told_there_is_none() => Assert.Null(DeviceDetails.FromNanoff(["Reading details from chip...", "Error E4000: Error executing ESP32 serial command."]));

    [Theory]
    [InlineData("Chip is ESP32-D0WD-V3 (revision v3.0)", "ESP32", "3.0")]
    [InlineData("Chip is ESP32-S3 (QFN56) (revision v0.2)", "ESP32-S3", "0.2")]
    [InlineData("Chip type:          ESP32-C5 (revision v1.0)", "ESP32-C5", "1.0")]
    [InlineData("Chip is ESP8685H4 (QFN28) (revision v0.4)", "ESP32-C3", "0.4")]
    public void Esptools_of_both_versions_too(string line, string type, string revision)
    {
        DeviceDetails? chip = DeviceDetails.FromEsptool(["esptool.py v4.7.0", line, "MAC: 24:0a:c4:00:11:22", "Detected flash size: 16MB"]);
        Assert.Equal((type, revision, 16, "240AC4001122"), (chip!.ChipType, chip.Revision, chip.FlashMegabytes, chip.Mac));
    }

    [Fact]
    public void A_runtime_tells_its_image_its_version_its_assemblies_and_its_native_halves()
    {
        RuntimeDetails? runtime = RuntimeDetails.FromNanoff(
        [
            "HAL build info: nanoCLR running @ ESP32_C3", "  Target:   ESP32_C3", "  Platform: ESP32", "Firmware build Info:", "  Date:        Jul 27 2026",
            "  CLR Version: 1.17.0.345", "AppDomains:", "  default, id=1", "Assemblies:", "  mscorlib, 1.17.11.0", "  GatewayAgent, 0.1.0.0",
            "Native Assemblies:", "  mscorlib v100.5.0.24, checksum 0x1549C856", "  System.Net v100.2.0.14, checksum 0x8EFB9944",
        ]);
        Assert.Equal(("ESP32_C3", "1.17.0.345"), (runtime!.Target, runtime.Version));
        Assert.Equal("0.1.0.0", runtime.Assemblies["GatewayAgent"]);
        Assert.Equal([new NativeAssembly("mscorlib", "100.5.0.24", 0x1549C856), new NativeAssembly("System.Net", "100.2.0.14", 0x8EFB9944)], runtime.Natives);
    }

    [Fact]
    public void No_two_of_nanoffs_codes_are_the_same_where_only_eight_bits_of_them_are_left() =>
        Assert.Equal(NanoffErrors.Codes.Count, NanoffErrors.Codes.Select(code => code & 0xFF).Where(code => code != 0).Distinct().Count());

    [Theory]
    [InlineData(163, "Flashing deployment partition...Error E4003: Failed to write new firmware to ESP32. (Timeout)", "E4003: the flash could not be written: a bad cable or too little power is the usual cause (nanoff: Failed to write new firmware to ESP32. (Timeout))")]
    [InlineData(4003, "E4003", "E4003: the flash could not be written: a bad cable or too little power is the usual cause")]
    [InlineData(134, "Aborted", "nanoff ended with exit code 134 (nanoff: Aborted)")]
    [InlineData(160, "Error E4000: Error executing ESP32 serial command. (Unable to open serial port /dev/ttyUSB0: Access to the port '/dev/ttyUSB0' is denied.)", "E4000: the port cannot be opened: it is not there, or another program has it, or this user may not use it (nanoff: Error executing ESP32 serial command. (Unable to open serial port /dev/ttyUSB0: Access to the port '/dev/ttyUSB0' is denied.))")]
    [InlineData(160, "Error E4000: Error executing ESP32 serial command. (End of Central Directory record could not be found.)", "E4000: the image in nanoff's own cache is not whole: delete .nanoFramework/fw_cache in your home (nanoff: Error executing ESP32 serial command. (End of Central Directory record could not be found.))")]
    public void An_exit_code_is_told_in_words_on_every_system(int exitCode, string line, string told) =>
        Assert.Equal(told, NanoffErrors.Explain(new ToolResult(exitCode, [line])));

    [Theory]
    [InlineData("a-b_c./:=1", "a-b_c./:=1")]
    [InlineData("", "''")]
    [InlineData("my board", "'my board'")]
    [InlineData("it's $HOME", "'it'\\''s $HOME'")]
    [InlineData("~/x", "'~/x'")]
    public void Commands_can_be_typed_as_they_are_shown(string argument, string shown) => Assert.Equal(shown, ToolCommand.Quote(argument));

    [Fact]
    public void A_command_in_a_folder_is_shown_with_it() =>
        Assert.Equal("(cd '/a b' && nanoff --x 'y z')", new ToolCommand("nanoff", ["--x", "y z"], "/a b").ToShell());

    [Fact]
    public void A_deployment_always_has_its_address_and_never_goes_with_an_update()
    {
        // Without, nanoff takes 0x1B0000: amid the runtime of an ESP32.
        foreach (BoardModule module in BoardCatalog.BuiltIn.Boards.SelectMany(board => board.Modules))
        {
            ToolCommand deploy = NanoffTool.Named().Deploy("p", module.Image, "a.bin", module.Deployment.Offset);
            Assert.Equal($"0x{module.Deployment.Offset:X}", deploy.Arguments[deploy.Arguments.ToList().IndexOf("--address") + 1]);
            Assert.DoesNotContain("--update", deploy.Arguments);
            Assert.DoesNotContain("--image", NanoffTool.Named().Update("p", module.Image, null, "a", null, true).Arguments);
        }
    }

    [Fact]
    public void A_slower_transfer_is_asked_of_the_boot_loader_and_never_of_the_runtime()
    {
        NanoffTool slow = NanoffTool.Named(115200);
        ToolCommand[] loader = [slow.ChipDetails("p"), slow.Backup("p", "f", "b"), slow.Deploy("p", "t", "i", 1), slow.Update("p", "t", null, "a", null, false)];
        ToolCommand[] others = [slow.RuntimeDetails("p"), slow.Fetch("t", null, "a"), slow.DeployFiles("p", "/f/files.json"), slow.DeployNetwork("p", "/f/network.json")];
        Assert.All(loader, command => Assert.Contains("--baud 115200", command.ToShell(), StringComparison.Ordinal));
        Assert.All(others, command => Assert.DoesNotContain("--baud", command.ToShell(), StringComparison.Ordinal));
        Assert.DoesNotContain("--baud", NanoffTool.Named().ChipDetails("p").ToShell(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_only_port_is_taken_and_none_or_several_are_told()
    {
        Assert.Equal("/dev/ttyUSB0", SerialPorts.TheOne(["/dev/ttyUSB0"]));
        Assert.Contains("plug the board in", Assert.Throws<HardwareException>(() => SerialPorts.TheOne([])).Message, StringComparison.Ordinal);
        Assert.Contains("name one with --port", Assert.Throws<HardwareException>(() => SerialPorts.TheOne(["a", "b"])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ESP32-S3", 16, null, "esp32-s3-devkitc-1", "N16R8")]
    [InlineData("ESP32-S3", 8, null, "esp32-s3-devkitc-1", "N8R8")]
    [InlineData("ESP32-S3", 8, 2, "esp32-s3-devkitc-1", "N8R2")]
    [InlineData("ESP32-S3", 8, 8, "esp32-s3-devkitc-1", "N8R8")]
    [InlineData("ESP32-C3", 4, 0, "esp32-c3-devkitm-1", "MINI-1")]
    [InlineData("ESP32-C5", 8, null, "esp32-c5-devkitc-1", "N8R4")]
    [InlineData("ESP32", 4, null, "esp32-wrover", "N4R8")]
    public void A_chip_is_found_among_the_boards(string chip, int flash, int? psram, string board, string module)
    {
        (Board found, BoardModule on) = BoardFinder.Find(BoardCatalog.BuiltIn, new DeviceDetails(chip, chip, "3.1", flash, psram, ""), null, null);
        Assert.Equal((board, module), (found.Id, on.Id));
    }

    [Fact]
    public void A_chip_that_two_boards_have_is_asked_for() =>
        Assert.Contains("that could be esp32-wrover or m5stack-core2; say which with --board", Assert.Throws<HardwareException>(() =>
            BoardFinder.Find(BoardCatalog.BuiltIn, new DeviceDetails("ESP32", "ESP32-D0WD-V3", "3.1", 16, null, ""), null, null)).Message, StringComparison.Ordinal);
}
