using GatewayAgent.Control;
using GatewayAgent.Indication;
using GatewayAgent.NanoHost;
using GatewayAgent.VirtualDevice.Boards;
using GatewayAgent.VirtualDevice.Homes;
using GatewayAgent.VirtualDevice.Running;

namespace GatewayAgent.Tests.VirtualDevice;

/// <summary>Light, display and button of nodes in a home.</summary>
public sealed class NodeBoardTests : IDisposable
{
    private readonly HomeRun _home = new(HomeScripts.Demo(1), new HomeRunOptions
    {
        Settings = node => new AgentSettings { Home = "home", Node = node, BrokerHost = "127.0.0.1", WindowSeconds = 600, FirstWindowSeconds = 600 },
        Transport = _ => new AckingTransport(),
        BootId = _ => 1,
        HasBoards = true,
    });

    private readonly VirtualNode _bedroom;
    private long _second;

    public NodeBoardTests() => _bedroom = _home.Nodes.First(node => node.Name == "bedroom");

    private NodeBoard Board => _bedroom.Board!;

    public void Dispose() => _home.Dispose();

    [Fact]
    public void A_node_starts_comes_online_and_then_leaves_the_room_dark()
    {
        RunFor(2);
        Assert.InRange(Board.State, NodeState.Booting, NodeState.Connecting);
        Assert.NotNull(Board.Page);

        RunFor(20);
        Assert.Equal(NodeState.Online, Board.State);
        Assert.Equal(["Online", "bedroom"], Board.Page!.Lines);
        Assert.Equal(new PixelColour(0, (byte)Limits.LightBrightness, 0), Board.Light);

        RunFor(70);
        Assert.Equal(new PixelColour(0, (byte)Limits.LightIdleBrightness, 0), Board.Light);
        Assert.Null(Board.Page);
    }

    [Fact]
    public void The_button_turns_placement_mode_on_and_off_wherever_the_node_is_carried()
    {
        RunFor(30);
        Board.Press(isLong: false);
        RunFor(10);
        Assert.Equal("Where to place me", Board.Page!.Title);
        Assert.EndsWith(" dBm", Board.Page.Figure, StringComparison.Ordinal);

        _home.Carry("bedroom", new Place(0.5, 9.5, 1));
        RunFor(12);
        Assert.InRange(Board.State, NodeState.PlacementWeak, NodeState.PlacementFair);
        Assert.EndsWith("closer", Board.Page!.Words, StringComparison.Ordinal);

        _home.Carry("bedroom", new Place(6, 4.5));
        RunFor(12);
        Assert.Equal(NodeState.PlacementClose, Board.State);

        Board.Press(isLong: false);
        RunFor(2);
        Assert.Equal(NodeState.Online, Board.State);
    }

    [Fact]
    public void Holding_the_button_sends_a_report_before_its_time()
    {
        RunFor(30);
        Assert.Equal(0u, _bedroom.Sequence);

        Board.Press(isLong: true);
        RunFor(8);

        Assert.Equal(1u, _bedroom.Sequence);
        Assert.Equal("Report asked for", Board.Page!.Title);
    }

    [Fact]
    public void A_node_out_of_reach_says_that_it_has_no_wifi()
    {
        RunFor(30);
        _home.Carry("attic", new Place(40, 40, 2));
        RunFor(30);

        Assert.Equal(NodeState.NoLink, _home.Nodes.First(node => node.Name == "attic").Board!.State);
    }

    private void RunFor(int seconds)
    {
        _second += seconds;
        _home.Run(_second, CancellationToken.None);
    }
}
