using GatewayAgent.Control;
using GatewayAgent.DeviceTests.Fakes;
using nanoFramework.TestFramework;

namespace GatewayAgent.DeviceTests;

[TestClass]
public class JsonScanTests
{
    private const string Sound = "{\"a\":1,\"b\":{\"c\":[-1,0,10],\"d\":{}}, \"e\":\"x y\",\r\n\t\"f\":[],\"g\":true,\"h\":false,\"i\":null}";

    [TestMethod]
    public void A_sound_object_passes()
    {
        Assert.IsNull(Check(Sound));
        Assert.IsNull(Check(" {} "));
    }

    [TestMethod]
    public void Cut_at_any_byte_it_does_not_pass()
    {
        for (int length = 0; length < Sound.Length; length++)
        {
            Assert.IsNotNull(Check(Sound.Substring(0, length)));
        }
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("5")]
    [DataRow("[1]")]
    [DataRow("\"a\"")]
    [DataRow("{\"a\":1} x")]
    [DataRow("{\"a\":1}{}")]
    [DataRow("{\"a\":1 \"b\":2}")]
    [DataRow("{\"a\":1,}")]
    [DataRow("{,}")]
    [DataRow("{'a':1}")]
    [DataRow("{\"a\":TRUE}")]
    [DataRow("{\"a\":truex}")]
    [DataRow("{\"a\":nul}")]
    [DataRow("{\"a\":007}")]
    [DataRow("{\"a\":+5}")]
    [DataRow("{\"a\":.5}")]
    [DataRow("{\"a\":1-2}")]
    [DataRow("{\"a\":-}")]
    [DataRow("{\"a\":1.0}")]
    [DataRow("{\"a\":1e3}")]
    [DataRow("{\"a\":99999999999}")]
    [DataRow("{\"a\":[1 2]}")]
    [DataRow("{\"a\":[1,2,]}")]
    [DataRow("{\"a\"1}")]
    [DataRow("{1:2}")]
    [DataRow("{\"a\":\"\\n\"}")]
    [DataRow("{\"a\":\"\t\"}")]
    [DataRow("{\"a\":\"é\"}")]
    [DataRow("{\"a\":1}/*c*/")]
    [DataRow("{\"a\":{\"b\":{\"c\":{}}}}")]
    public void What_the_library_would_take_or_stumble_over_does_not_pass(string text)
    {
        Assert.IsNotNull(Check(text));
    }

    [TestMethod]
    public void A_refusal_says_where_and_names_the_field_of_a_number()
    {
        Assert.AreEqual("not JSON as it is taken here: byte 6: a value is missing", Check("{\"a\":}"));
        Assert.AreEqual("port: 1 must be a whole number", Check("{\"port\":1.5}"));
        Assert.AreEqual("port: 12345678901 the number is too large", Check("{\"port\":12345678901}"));
        Assert.AreEqual("nested deeper than 3", Check("{\"a\":[[[[[[[[[[["));
    }

    [TestMethod]
    public void More_values_than_the_heap_should_bear_do_not_pass()
    {
        string text = "{\"a\":[1";
        for (int i = 3; i < Limits.ConfigValues; i++)
        {
            text += ",1";
        }

        Assert.IsNull(Check(text + "]}"));
        Assert.AreEqual("more than 96 values", Check(text + ",1]}"));
    }

    private static string Check(string text) => JsonScan.Check(Ascii.Bytes(text), Limits.ConfigValues);
}
