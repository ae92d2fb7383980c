using GatewayAgent.Control;
using GatewayAgent.Uplink;
using nanoFramework.TestFramework;

namespace GatewayAgent.DeviceTests;

[TestClass]
public class SettingsTests
{
    [TestMethod]
    public void Sound_settings_pass()
    {
        Assert.IsNull(Sound().Validate());
    }

    [TestMethod]
    public void A_refusal_names_the_field_and_the_value()
    {
        AgentSettings settings = Sound();
        settings.WindowSeconds = 59;
        Assert.AreEqual("windowSeconds: 59 is not within 60–3600", settings.Validate());
        settings = Sound();
        settings.BrokerPort = 65536;
        Assert.StartsWith("brokerPort: 65536", settings.Validate());
        settings = Sound();
        settings.FirstWindowSeconds = 301;
        Assert.StartsWith("firstWindowSeconds: 301", settings.Validate());
        settings = Sound();
        settings.Home = "a/b";
        Assert.StartsWith("home: 'a/b'", settings.Validate());
        settings = Sound();
        settings.Node = "#";
        Assert.StartsWith("node: '#'", settings.Validate());
        settings = Sound();
        settings.Node = null;
        Assert.StartsWith("node: ", settings.Validate());
        settings = Sound();
        settings.Node = new string('n', 65);
        Assert.StartsWith("node: has 65", settings.Validate());
        settings = Sound();
        settings.BrokerHost = string.Empty;
        Assert.StartsWith("brokerHost: ", settings.Validate());
        settings = Sound();
        settings.Assurance = (Assurance)7;
        Assert.StartsWith("assurance: ", settings.Validate());
    }

    private static AgentSettings Sound() => new AgentSettings
    {
        Home = "home-1",
        Node = "n_1.x",
        BrokerHost = "broker",
    };
}
