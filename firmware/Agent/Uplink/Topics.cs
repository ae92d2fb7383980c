namespace GatewayAgent.Uplink;

/// <summary>The topics of one node, made once.</summary>
public sealed class Topics
{
    private const string Root = "gw/v1/";

    public Topics(string home, string node)
    {
        string branch = Root + home + "/" + node + "/";
        Report = branch + "report";
        Event = branch + "event";
        State = branch + "state";
        Ack = branch + "ack";
        Config = branch + "config";
        ConfigState = Config + "/state";
        Command = branch + "cmd";
        CommandResult = Command + "/result";
    }

    public string Report { get; }

    public string Event { get; }

    public string State { get; }

    /// <summary>What the node hears.</summary>
    public string Ack { get; }

    public string Config { get; }

    public string ConfigState { get; }

    public string Command { get; }

    public string CommandResult { get; }
}
