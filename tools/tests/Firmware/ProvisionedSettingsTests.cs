using GatewayAgent.App;
using GatewayAgent.Control;
using GatewayAgent.Uplink;
using nanoFramework.Json;

namespace GatewayAgent.Tests.Firmware;

public class ProvisionedSettingsTests
{
    [Fact]
    public void What_is_missing_keeps_its_default()
    {
        AgentSettings settings = Read("""{"home":"h","node":"n","brokerHost":"b"}""");
        Assert.Null(settings.Validate());
        Assert.True(settings.BrokerTls);
        Assert.Equal(8883, settings.BrokerPort);
        Assert.Equal(Limits.WindowDefaultSeconds, settings.WindowSeconds);
        Assert.Equal(Assurance.Collector, settings.Assurance);
        Assert.Null(settings.BrokerPassword);
    }

    [Fact]
    public void What_is_stated_is_taken()
    {
        AgentSettings settings = Read(
            """{"home":"h","node":"n","brokerHost":"b","brokerPort":1883,"brokerTls":false,"brokerPassword":"p","windowSeconds":60,"assurance":"broker"}""");
        Assert.Null(settings.Validate());
        Assert.False(settings.BrokerTls);
        Assert.Equal((1883, "p", 60, Assurance.Broker), (settings.BrokerPort, settings.BrokerPassword, settings.WindowSeconds, settings.Assurance));
    }

    [Fact]
    public void An_empty_password_is_none() =>
        Assert.Null(Read("""{"home":"h","node":"n","brokerHost":"b","brokerPassword":""}""").BrokerPassword);

    [Fact]
    public void An_unknown_assurance_is_refused_by_name() =>
        Assert.StartsWith("assurance: ", Read("""{"home":"h","node":"n","brokerHost":"b","assurance":"Broker"}""").Validate());

    private static AgentSettings Read(string json) =>
        ((ProvisionedSettings)JsonConvert.DeserializeObject(json, typeof(ProvisionedSettings))).ToSettings();
}
