namespace GatewayAgent.Mosquitto;

/// <summary>One who may log in at a <see cref="MosquittoBroker"/>, and the topic filters it may read and write.</summary>
public sealed record BrokerUser
{
    private static readonly char[] _forbidden = [':', '/', '+', '#', '\r', '\n', ' '];

    private BrokerUser(string name, string password, string filter)
    {
        Name = Checked(name);
        Password = password;
        Filter = filter;
    }

    public string Name { get; }

    public string Password { get; }

    /// <summary>Topic filter with read and write access; everything else is denied.</summary>
    public string Filter { get; }

    /// <summary>A node: its user name is its node id, and it touches its own branch only.</summary>
    public static BrokerUser Node(string home, string node, string password) =>
        new(node, password, $"gw/v1/{Checked(home)}/{Checked(node)}/#");

    /// <summary>A collector: reads and writes every branch.</summary>
    public static BrokerUser Collector(string name, string password) => new(name, password, "gw/v1/#");

    /// <summary>A name goes into files of one line a user and into topics: it must not hold what has a meaning there.</summary>
    private static string Checked(string name) =>
        name.Length > 0 && name.IndexOfAny(_forbidden) < 0
            ? name
            : throw new ArgumentException($"\"{name}\" cannot be a user, home or node name: it is empty or holds one of : / + # or white space");
}
