using GatewayAgent.Protocol;

namespace GatewayAgent.Tests.Protocol;

public class TopicsTests
{
    [Theory]
    [InlineData("gw/v1/home-1/node_2/report", "home-1", "node_2", "report")]
    [InlineData("gw/v1/H.1/n/config/state", "H.1", "n", "config/state")]
    [InlineData("gw/v1/a/b/c", "a", "b", "c")]
    public void A_nodes_topic_is_taken_apart_and_put_together_again(string topic, string home, string node, string leaf)
    {
        Assert.True(Topics.TryParse(topic, out NodeTopic parsed, out _));
        Assert.Equal(new NodeTopic(home, node, leaf), parsed);
        Assert.Equal(topic, Topics.Format(home, node, leaf));
    }

    [Theory]
    [InlineData("")]
    [InlineData("gw/v1/")]
    [InlineData("gw/v1/home/node")]
    [InlineData("gw/v1/home/node/")]
    [InlineData("gw/v2/home/node/report")]
    [InlineData("GW/v1/home/node/report")]
    [InlineData("/gw/v1/home/node/report")]
    [InlineData("gw/v1//node/report")]
    [InlineData("gw/v1/home//report")]
    [InlineData("gw/v1/ho me/node/report")]
    [InlineData("gw/v1/home/nöde/report")]
    [InlineData("gw/v1/home/node\0/report")]
    [InlineData("gw/v1/'; DROP TABLE nodes; --/node/report")]
    [InlineData("gw/v1/+/node/report")]
    [InlineData("gw/v1/home/#/report")]
    [InlineData("gw/v1/\uD800/node/report")]
    public void A_topic_that_is_no_nodes_is_refused_with_a_reason(string topic)
    {
        Assert.False(Topics.TryParse(topic, out _, out string? reason));
        Assert.StartsWith("topic", reason);
    }

    [Fact]
    public void An_id_has_at_most_64_characters()
    {
        Assert.True(Topics.IsId(new string('a', 64)));
        Assert.False(Topics.IsId(new string('a', 65)));
        Assert.Throws<ArgumentException>(() => Topics.Format("home", new string('a', 65), Topics.Report));
    }

    [Fact]
    public void Filters_match_every_node_and_can_be_shared()
    {
        Assert.Equal("gw/v1/+/+/report", Topics.Filter(Topics.Report));
        Assert.Equal("$share/east/gw/v1/+/+/report", Topics.Filter(Topics.Report, "east"));
    }
}
