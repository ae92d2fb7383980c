using GatewayAgent.App;
using GatewayAgent.Control;
using GatewayAgent.Device.Platform;
using GatewayAgent.Indication;
using GatewayAgent.NanoHost;
using nanoFramework.Json;

namespace GatewayAgent.Tests.Firmware;

/// <summary>Light, display and button as <c>agent.json</c> names their pins.</summary>
public sealed class NodeFaceTests : IDisposable
{
    private readonly NanoContext _node = new("node");
    private readonly NanoContext.Scope _scope;

    public NodeFaceTests() => _scope = _node.Enter();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"light":{},"display":{},"button":{}}""")]
    [InlineData("""{"light":{"pin":-1,"count":4},"display":{"sda":21},"button":{"pin":-1}}""")]
    public void A_board_without_any_needs_no_indicator(string json) => Assert.Null(Open(json));

    [Fact]
    public void A_light_alone_is_lit_at_its_pin_with_its_brightness()
    {
        Open("""{"light":{"pin":0,"count":2},"lightBrightness":255}""").Step(0);

        Assert.Equal(2, _node.Board.Strip(0).Count);
        Assert.False(_node.Board.Strip(0)[0].IsDark);
    }

    [Fact]
    public void A_display_that_does_not_answer_leaves_the_rest_alone()
    {
        Indicator indicator = Open("""{"light":{"pin":8},"display":{"sda":21,"scl":22},"button":{"pin":9}}""");

        indicator.Step(0);

        Assert.Single(_node.Board.Strip(8));
    }

    [Fact]
    public void A_display_at_its_other_address_is_found()
    {
        var display = new VirtualDisplay();
        _node.Board.I2c[0x3D] = display;

        Open("""{"display":{"sda":4,"scl":5,"address":61}}""").Step(0);

        Assert.Equal(8, display.DataTransfers);
    }

    private static Indicator Open(string json)
    {
        var provisioned = (ProvisionedSettings)JsonConvert.DeserializeObject(json, typeof(ProvisionedSettings));
        AgentSettings settings = provisioned.ToSettings();
        return NodeFace.Open(provisioned, new NodeStatus(), settings, new DeviceClock());
    }
}
