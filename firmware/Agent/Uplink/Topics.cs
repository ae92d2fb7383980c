namespace GatewayAgent.Uplink;

/// <summary>The topics of one node, made once.</summary>
public sealed class Topics
{
    private const string Root = "gw/v1/";

    public Topics(string home, string node)
    {
        string branch = Root + home + "/" + node + "/";
        Report = branch + "report";
        State = branch + "state";
        Ack = branch + "ack";
    }

    public string Report { get; }

    public string State { get; }

    public string Ack { get; }
}
