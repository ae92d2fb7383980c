namespace GatewayAgent.Mosquitto;

/// <summary>One who may log in at a <see cref="MosquittoBroker"/>, and the topic filters it may read and write; everything else is denied.</summary>
public sealed record BrokerUser
{
    private static readonly char[] _forbidden = [':', '/', '+', '#', '\r', '\n', ' '];

    private BrokerUser(string name, string password)
    {
        Name = Checked(name);
        Password = password;
    }

    public string Name { get; }

    public string Password { get; }

    /// <summary>Topic filters of what it is given.</summary>
    public required IReadOnlyList<string> Reads { get; init; }

    /// <summary>Topic filters of what it may publish.</summary>
    public required IReadOnlyList<string> Writes { get; init; }

    /// <summary>Its paragraph of mosquitto's acl_file.</summary>
    public string AccessRules =>
        string.Concat([$"user {Name}\n", .. Reads.Select(filter => $"topic read {filter}\n"), .. Writes.Select(filter => $"topic write {filter}\n"), "\n"]);

    /// <summary>Its line of mosquitto's password_file, with a salt that is new each time.</summary>
    public string PasswordLine => $"{Name}:{BrokerPassword.Hash(Password)}\n";

    /// <summary>A node: its user name is its node id, and it touches its own branch only.</summary>
    public static BrokerUser Node(string home, string node, string password) => Of(node, password, $"gw/v1/{Checked(home)}/{Checked(node)}/#");

    /// <summary>A collector: reads and writes every branch.</summary>
    public static BrokerUser Collector(string name, string password) => Of(name, password, "gw/v1/#");

    /// <summary>
    /// An operator: configures and commands every node, and reads what they say to that, how they are and what they noticed; no reports, and
    /// nothing in a node's name.
    /// </summary>
    public static BrokerUser Operator(string name, string password) => new(name, password)
    {
        Reads = ["gw/v1/+/+/state", "gw/v1/+/+/config/state", "gw/v1/+/+/cmd/result", "gw/v1/+/+/event"],
        Writes = ["gw/v1/+/+/config", "gw/v1/+/+/cmd"],
    };

    /// <summary>An engineer, who looks at one home: an operator who reads reports, too.</summary>
    public static BrokerUser Engineer(string name, string password)
    {
        BrokerUser user = Operator(name, password);
        return user with { Reads = [.. user.Reads, "gw/v1/+/+/report"] };
    }

    private static BrokerUser Of(string name, string password, string filter) => new(name, password) { Reads = [filter], Writes = [filter] };

    /// <summary>A name goes into files of one line a user and into topics: it must not hold what has a meaning there.</summary>
    private static string Checked(string name) =>
        name.Length > 0 && name.IndexOfAny(_forbidden) < 0
            ? name
            : throw new ArgumentException($"\"{name}\" cannot be a user, home or node name: it is empty or holds one of : / + # or white space");
}
