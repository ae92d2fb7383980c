using System.Collections;
using System.Text;
using nanoFramework.Json;

namespace GatewayAgent.Tests.NanoHost;

public sealed class JsonConvertTests
{
    [Fact]
    public void An_object_fills_properties_fields_and_what_they_hold()
    {
        const string Text = """
            { "Name": "agent", "Window": 300, "Big": 5000000000, "Ratio": 0.5, "On": true, "Level": 2,
              "Channels": [1, 6, 11], "Inner": { "Deep": "x" }, "Inners": [{ "Deep": "y" }], "Field": 7,
              "Unknown": { "a": [1] } }
            """;

        var settings = (Settings)JsonConvert.DeserializeObject(Text, typeof(Settings));

        Assert.Equal(("agent", 300, 5_000_000_000L, 0.5, true), (settings.Name, settings.Window, settings.Big, settings.Ratio, settings.On));
        Assert.Equal(DayOfWeek.Tuesday, settings.Level);
        Assert.Equal([1, 6, 11], settings.Channels);
        Assert.Equal("x", settings.Inner?.Deep);
        Assert.Equal("y", Assert.Single(settings.Inners).Deep);
        Assert.Equal(7, settings.Field);
    }

    [Fact]
    public void Untyped_values_take_the_smallest_type_the_device_would()
    {
        var table = (Hashtable)JsonConvert.DeserializeObject(
            """{"i":1,"l":3000000000,"u":18446744073709551615,"d":1e3,"s":"x","n":null,"b":false,"a":[1,"x",{"y":2}],"o":{"z":3}}""",
            typeof(Hashtable));

        Assert.Equal(1, Assert.IsType<int>(table["i"]));
        Assert.Equal(3_000_000_000L, Assert.IsType<long>(table["l"]));
        Assert.Equal(ulong.MaxValue, Assert.IsType<ulong>(table["u"]));
        Assert.Equal(1000.0, Assert.IsType<double>(table["d"]));
        Assert.Equal("x", table["s"]);
        Assert.Null(table["n"]);
        Assert.Equal(false, table["b"]);
        var list = Assert.IsType<ArrayList>(table["a"]);
        Assert.Equal(2, Assert.IsType<Hashtable>(list[2])["y"]);
        Assert.Equal(3, Assert.IsType<Hashtable>(table["o"])["z"]);
    }

    [Fact]
    public void An_array_at_the_top_becomes_a_list()
    {
        var list = (ArrayList)JsonConvert.DeserializeObject("[1, 2,]", typeof(ArrayList));

        Assert.Equal(new object[] { 1, 2 }, list.ToArray());
    }

    [Fact]
    public void A_string_that_is_a_time_becomes_one_where_no_type_is_asked_for()
    {
        var table = (Hashtable)JsonConvert.DeserializeObject("""{"t":"2026-07-24T10:00:00Z"}""", typeof(Hashtable));

        Assert.Equal(new DateTime(2026, 7, 24, 10, 0, 0, DateTimeKind.Utc), table["t"]);
    }

    [Theory]
    [InlineData("20260724T100000-0001", true)]
    [InlineData("20260724-1000-4000-8000-000000000000", false)]
    [InlineData("20260724T100000-1", false)]
    public void A_text_that_only_begins_as_a_time_becomes_one_as_on_the_device(string text, bool isTime)
    {
        var table = (Hashtable)JsonConvert.DeserializeObject($$"""{"t":"{{text}}"}""", typeof(Hashtable));

        Assert.Equal(isTime, table["t"] is DateTime);
    }

    [Fact]
    public void A_number_in_quotes_is_a_number_and_null_is_an_empty_string()
    {
        var settings = (Settings)JsonConvert.DeserializeObject("""{"Window":"60","Name":null}""", typeof(Settings));

        Assert.Equal((60, ""), (settings.Window, settings.Name));
    }

    [Fact]
    public void Names_are_case_sensitive_unless_told_otherwise()
    {
        const string Text = """{"window":60}""";

        Assert.Equal(0, ((Settings)JsonConvert.DeserializeObject(Text, typeof(Settings))).Window);
        var web = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Assert.Equal(60, ((Settings)JsonConvert.DeserializeObject(Text, typeof(Settings), web)).Window);
        var strict = new JsonSerializerOptions { ThrowExceptionWhenPropertyNotFound = true };
        Assert.Throws<DeserializationException>(() => JsonConvert.DeserializeObject(Text, typeof(Settings), strict));
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("{\"a\":1} x")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("[1 2]")]
    [InlineData("{\"a\":99999999999999999999}")]
    public void What_is_no_document_throws_the_devices_exception(string text) =>
        Assert.Throws<DeserializationException>(() => JsonConvert.DeserializeObject(text, typeof(Hashtable)));

    [Theory]
    [InlineData("""{"a":"http:\/\/x"}""")]
    [InlineData("""{"a":"\u00fc"}""")]
    [InlineData("""{"a":"\u0a11"}""")]
    public void Escapes_the_device_cannot_read_are_refused(string text) =>
        Assert.Throws<DeserializationException>(() => JsonConvert.DeserializeObject(text, typeof(Hashtable)));

    [Fact]
    public void Escapes_the_device_can_read_are_read()
    {
        var table = (Hashtable)JsonConvert.DeserializeObject("""{"a":"\t\\\"\u00e9ü"}""", typeof(Hashtable));

        Assert.Equal("\t\\\"éü", table["a"]);
    }

    [Theory]
    [InlineData("""{"Window":"x"}""", typeof(FormatException))]
    [InlineData("""{"Window":3000000000}""", typeof(OverflowException))]
    [InlineData("""{"Window":null}""", typeof(DeserializationException))]
    [InlineData("""{"Channels":null}""", typeof(DeserializationException))]
    [InlineData("""{"On":1}""", typeof(InvalidCastException))]
    [InlineData("""{"Window":[1]}""", typeof(DeserializationException))]
    public void A_value_of_another_kind_throws(string text, Type exception) =>
        Assert.Throws(exception, () => JsonConvert.DeserializeObject(text, typeof(Settings)));

    [Fact]
    public void A_stream_is_read_to_its_end()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("""{"Name":"ü"}"""));

        Assert.Equal("ü", ((Settings)JsonConvert.DeserializeObject(stream, typeof(Settings))).Name);
    }

    [Fact]
    public void What_is_written_reads_back()
    {
        var written = new Settings { Name = "a\"b\n", Window = 60, Big = -1, Ratio = 0.25, On = true, Level = DayOfWeek.Friday, Channels = [1, 2] };

        var read = (Settings)JsonConvert.DeserializeObject(JsonConvert.SerializeObject(written), typeof(Settings));

        Assert.Equal((written.Name, 60, -1L, 0.25, true, DayOfWeek.Friday), (read.Name, read.Window, read.Big, read.Ratio, read.On, read.Level));
        Assert.Equal([1, 2], read.Channels);
    }

    [Fact]
    public void Values_are_written_as_the_device_does()
    {
        Assert.Equal("[5]", JsonConvert.SerializeObject(5));
        Assert.Equal("null", JsonConvert.SerializeObject(null));
        Assert.Equal("[]", JsonConvert.SerializeObject(new ArrayList()));
        Assert.Equal("{}", JsonConvert.SerializeObject(new Hashtable()));
        Assert.Equal("[1,\"x\",true,1.5,2]", JsonConvert.SerializeObject(new ArrayList { 1, "x", true, 1.5, DayOfWeek.Tuesday }));
        Assert.Equal("{\"Deep\":\"x\"}", JsonConvert.SerializeObject(new Inner { Deep = "x" }));
    }

    public sealed class Settings
    {
        public int Field;

        public string Name { get; set; } = "unset";

        public int Window { get; set; }

        public long Big { get; set; }

        public double Ratio { get; set; }

        public bool On { get; set; }

        public DayOfWeek Level { get; set; }

        public int[] Channels { get; set; } = [];

        public Inner? Inner { get; set; }

        public Inner[] Inners { get; set; } = [];
    }

    public sealed class Inner
    {
        public string Deep { get; set; } = "";
    }
}
