using GatewayAgent.App;
using GatewayAgent.Control;
using GatewayAgent.Device.Platform;
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

    [Fact]
    public void The_homes_key_and_name_are_taken()
    {
        AgentSettings settings = Read("""{"home":"h","node":"n","brokerHost":"b","ssid":"net","homeKey":"000102030405060708090a0b0c0d0e0f"}""");
        Assert.Null(settings.Validate());
        Assert.Equal(15, settings.HomeKey[15]);
        Assert.Equal("net"u8, settings.Ssid);
    }

    [Fact]
    public void A_key_that_is_none_is_refused_by_name_and_not_quoted()
    {
        string error = Read("""{"home":"h","node":"n","brokerHost":"b","homeKey":"000102030405060708090a0b0c0d0e0x"}""").Validate();
        Assert.Equal("homeKey: must be 16 bytes, as 32 hexadecimal digits", error);
    }

    [Fact]
    public void Certificates_are_the_files_beside_it()
    {
        string folder = Directory.CreateTempSubdirectory("gw-provisioned-").FullName + Path.DirectorySeparatorChar;
        try
        {
            File.WriteAllText(folder + "ca.pem", "authority");
            File.WriteAllText(folder + "client.pem", "certificate");
            AgentSettings settings = Read("""{"home":"h","node":"n","brokerHost":"b"}""");
            ProvisionedCertificates.Read(new FlashStore(folder), settings);
            Assert.Equal(("authority", "certificate", null), (settings.BrokerCa, settings.ClientCertificate, settings.ClientKey));
            Assert.Equal("clientKey: missing, there is only its certificate", settings.Validate());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static AgentSettings Read(string json) =>
        ((ProvisionedSettings)JsonConvert.DeserializeObject(json, typeof(ProvisionedSettings))).ToSettings();
}
