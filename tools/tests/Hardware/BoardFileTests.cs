using System.Text.Json.Nodes;
using GatewayAgent.Hardware;
using GatewayAgent.Hardware.Boards;
using GatewayAgent.Hardware.Images;

namespace GatewayAgent.Tests.Hardware;

public sealed class BoardFileTests
{
    /// <summary>Fields that a board may do without.</summary>
    private static readonly HashSet<string> _optional = ["note", "leastSupplyMilliamps", "light", "button", "display"];

    public static TheoryData<string> Boards => HardwareFolder.Boards;

    [Fact]
    public void There_are_the_five_boards_of_the_bench_and_the_program_has_them_built_in()
    {
        string[] ids = ["esp32-c3-devkitm-1", "esp32-c5-devkitc-1", "esp32-s3-devkitc-1", "esp32-wrover", "m5stack-core2"];
        Assert.Equal(ids, BoardCatalog.BuiltIn.Boards.Select(board => board.Id));
        Assert.Equal(ids, HardwareFolder.Ids);
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void A_board_is_sound_and_its_images_are_in_the_lock(string id)
    {
        Board board = Read(id, HardwareFolder.Json($"{id}/board.json"));
        Assert.Empty(ImagesLock.BuiltIn.Check(board));
        Assert.Equal(board.Id, BoardCatalog.BuiltIn.Find(id).Id);
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void A_board_without_one_of_its_fields_is_refused_and_the_field_named(string id)
    {
        foreach (string field in HardwareFolder.Properties(HardwareFolder.Json($"{id}/board.json")).Select(property => property.Field).ToList())
        {
            JsonObject json = HardwareFolder.Json($"{id}/board.json");
            (_, JsonObject owner, string name) = HardwareFolder.Properties(json).Single(property => property.Field == field);
            owner.Remove(name);
            if (!_optional.Contains(name))
            {
                string told = Refusal(id, json, $"{field} removed");
                Assert.StartsWith($"hardware/{id}/board.json: ", told, StringComparison.Ordinal);
                Assert.True(told.Contains(name, StringComparison.Ordinal) || IsToldOtherwise(name, told), $"{field} removed: {told}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void A_field_of_another_type_is_refused_with_its_path_and_value(string id)
    {
        foreach (string field in HardwareFolder.Properties(HardwareFolder.Json($"{id}/board.json")).Select(property => property.Field).ToList())
        {
            JsonObject json = HardwareFolder.Json($"{id}/board.json");
            (_, JsonObject owner, string name) = HardwareFolder.Properties(json).Single(property => property.Field == field);
            owner[name] = owner[name]!.GetValueKind() == System.Text.Json.JsonValueKind.String ? JsonValue.Create(4711) : JsonValue.Create("wrong");
            string told = Refusal(id, json);
            Assert.Contains($"hardware/{id}/board.json: {field}: ", told, StringComparison.Ordinal);
            Assert.Matches("4711|wrong", told);
        }
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void A_field_that_nobody_knows_is_refused(string id)
    {
        JsonObject json = HardwareFolder.Json($"{id}/board.json");
        json["modules"]![0]!["colour"] = "red";
        Assert.Equal($"hardware/{id}/board.json: modules[0].colour: \"red\": is no field of this file", Refusal(id, json));
    }

    [Theory]
    [InlineData("id", "\"esp32-x\"", "id: esp32-x: must be the name of its folder, esp32-wrover")]
    [InlineData("chip.type", "\"ESP8266\"", "chip.type: \"ESP8266\": must be one of ESP32, ESP32-S3, ESP32-C3, ESP32-C5")]
    [InlineData("modules[0].flashMegabytes", "3", "modules[0].flashMegabytes: 3: must be one of 2, 4, 8, 16, 32")]
    [InlineData("modules[0].flashMegabytes", "2", "modules[0].partitions.table[3].size: 0x1C0000: ends beyond the flash, 0x200000")]
    [InlineData("modules[0].partitions.table[3].offset", "\"0x1D0000\"", "modules[0].partitions.table[3].offset: 0x1D0000: overlaps what ends at 0x1E0000")]
    [InlineData("modules[0].partitions.table[3].offset", "\"0x1E0100\"", "modules[0].partitions.table[3].offset: 0x1E0100: must be a multiple of 0x1000")]
    [InlineData("modules[0].partitions.table[4].size", "\"0x0\"", "modules[0].partitions.table[4].size: 0x0: must be a multiple of 0x1000, and not 0")]
    [InlineData("modules[0].partitions.table[3].name", "\"config\"", "modules[0].partitions.table: deploy: is missing")]
    [InlineData("modules[0].heap.where", "\"internal\"", "modules[0].heap.where: Internal: the heap is in PSRAM exactly when there is PSRAM")]
    [InlineData("modules[0].psram.mode", "\"octal\"", "modules[0].psram.mode: octal: an ESP32 has none")]
    [InlineData("modules[1].id", "\"N4R8\"", "modules: N4R8: is there twice")]
    [InlineData("modules[1].standard", "true", "modules: exactly one must be the standard")]
    [InlineData("radio.bands", "[\"5 GHz\"]", "radio.bands: 5 GHz: 5 GHz is what an ESP32-C5 has, and no other")]
    [InlineData("radio.softApStations", "16", "radio.softApStations: 16: must be at most 15")]
    [InlineData("pins.light.gpio", "16", "pins.light.gpio: 16: is taken: PSRAM inside the WROVER module")]
    [InlineData("pins.display.sda", "0", "pins.display.sda: 0: is taken: pins.button.gpio")]
    [InlineData("pins.light.count", "9", "pins.light.count: 9: must be at most 8")]
    [InlineData("factory.linkRssiDbm.least", "-10", "factory.linkRssiDbm.least: -10: is more than most, -15")]
    [InlineData("factory.linkRssiDbm.most", "5", "factory.linkRssiDbm.most: 5: must be at most 0")]
    [InlineData("factory.managedFreeKib", "8000", "factory.managedFreeKib: 8000: N4R8 has a heap of 7936 KiB")]
    [InlineData("power.source", "\"hearsay\"", "power.source: hearsay: is not in sources")]
    [InlineData("sources.extra", "\"a book\"", "sources.extra: nothing names it")]
    [InlineData("bringUp", "[]", "bringUp: []: must have at least 3 entries")]
    public void A_board_that_cannot_be_is_refused_with_field_value_and_reason(string field, string value, string reason)
    {
        JsonObject json = HardwareFolder.Json("esp32-wrover/board.json");
        Set(json, field, JsonNode.Parse(value));
        Assert.Contains($"hardware/esp32-wrover/board.json: {reason}", Refusal("esp32-wrover", json).Split('\n'));
    }

    [Fact]
    public void A_file_that_is_no_json_or_names_a_field_twice_is_refused_with_the_place()
    {
        HardwareException cut = Assert.Throws<HardwareException>(() => BoardCatalog.Read("hardware/x/board.json", "{ \"id\": "));
        Assert.Contains("LineNumber: 0", cut.Message, StringComparison.Ordinal);
        HardwareException twice = Assert.Throws<HardwareException>(() => BoardCatalog.Read("hardware/x/board.json", "{ \"id\": \"x\", \"id\": \"y\" }"));
        Assert.Contains("id", twice.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_for_another_chip_is_refused()
    {
        JsonObject json = HardwareFolder.Json("esp32-wrover/board.json");
        Set(json, "modules[0].image", "ESP32_C3");
        Board board = Read("esp32-wrover", json);
        Assert.Equal("modules[0].image: ESP32_C3: is for ESP32-C3, not ESP32", ImagesLock.BuiltIn.Check(board).Single().ToString());
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void A_board_has_a_page_that_says_the_same_as_its_data_and_a_picture(string id)
    {
        Board board = BoardCatalog.BuiltIn.Find(id);
        string page = HardwareFolder.Text($"{id}/README.md");
        string picture = HardwareFolder.Text($"{id}/wiring.svg");
        Assert.Contains($"# {board.Name}", page, StringComparison.Ordinal);
        Assert.Contains("wiring.svg", page, StringComparison.Ordinal);
        Assert.Contains($"--board {id}", page, StringComparison.Ordinal);
        foreach (BoardModule module in board.Modules)
        {
            string row = page.Split('\n').Single(line => line.Contains($"({module.Product})", StringComparison.Ordinal));
            Assert.Contains($"`{module.Image}`", row, StringComparison.Ordinal);
            Assert.Contains($"0x{module.Deployment.Offset:X}, {module.Deployment.Size / 1024:N0} KiB", row, StringComparison.Ordinal);
            Assert.Contains($"{module.Heap.ReserveBytes:N0} B", row, StringComparison.Ordinal);
        }

        string numbers = page.Replace("\n", " ", StringComparison.Ordinal);
        Assert.Contains(
            $"{board.Factory.LinkRssiDbm.Least} … {board.Factory.LinkRssiDbm.Most} dBm; at least {board.Factory.ManagedFreeKib} KiB of managed and {board.Factory.NativeFreeKib} KiB of native memory free".Replace('-', '−'),
            numbers,
            StringComparison.Ordinal);
        int[] pins = [.. new int?[] { board.Pins.Light?.Gpio, board.Pins.Button?.Gpio, board.Pins.Display?.Sda, board.Pins.Display?.Scl }.OfType<int>()];
        Assert.All(pins, gpio => Assert.Contains($">GPIO{gpio}<", picture, StringComparison.Ordinal));
        Assert.All(pins, gpio => Assert.Contains($"GPIO{gpio}", page, StringComparison.Ordinal));
        Assert.All(board.BringUp, step => Assert.Contains(step, page, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void A_board_must_have_more_memory_free_than_what_its_node_calls_low(string id)
    {
        BoardFactory factory = BoardCatalog.BuiltIn.Find(id).Factory;
        Assert.True(factory.NativeFreeKib >= Limits.NativeFloorKib && factory.ManagedFreeKib > Limits.ManagedFloorKib);
    }

    private static Board Read(string id, JsonObject json) => BoardCatalog.Read($"hardware/{id}/board.json", json.ToJsonString());

    private static string Refusal(string id, JsonObject json, string what = "changed")
    {
        Exception? refused = Record.Exception(() => Read(id, json));
        Assert.True(refused is HardwareException, $"{what}: {refused?.Message ?? "was taken"}");
        return refused!.Message;
    }

    // What goes with a field that is gone: its source is no longer named, or what remains does not fit.
    private static bool IsToldOtherwise(string name, string told) => name switch
    {
        "psram" => told.Contains("heap.where", StringComparison.Ordinal),
        "standard" => told.Contains("exactly one must be the standard", StringComparison.Ordinal),
        _ => told.Contains("is not in sources", StringComparison.Ordinal),
    };

    private static void Set(JsonObject json, string field, JsonNode? value)
    {
        JsonNode node = json;
        string[] steps = field.Replace("[", ".[", StringComparison.Ordinal).Split('.');
        foreach (string step in steps[..^1])
        {
            node = step.StartsWith('[') ? node[int.Parse(step.Trim('[', ']'))]! : node[step]!;
        }

        node[steps[^1]] = value;
    }
}
