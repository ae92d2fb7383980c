namespace GatewayAgent.App;

/// <summary>The sampling step of a node.</summary>
public sealed class SampleStep : IStep
{
    private readonly Node _node;

    public SampleStep(Node node)
    {
        _node = node;
    }

    public int Step(long now) => _node.SampleStep(now);
}

/// <summary>The uplink step of a node.</summary>
public sealed class UplinkStep : IStep
{
    private readonly Node _node;

    public UplinkStep(Node node)
    {
        _node = node;
    }

    public int Step(long now) => _node.UplinkStep(now);
}

/// <summary>The probe step of a node.</summary>
public sealed class ProbeStep : IStep
{
    private readonly Node _node;

    public ProbeStep(Node node)
    {
        _node = node;
    }

    public int Step(long now) => _node.ProbeStep(now);
}
