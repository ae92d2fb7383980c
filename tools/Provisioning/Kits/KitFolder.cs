using GatewayAgent.Mosquitto;

namespace GatewayAgent.Provisioning.Kits;

/// <summary>The files of a kit by name. Each is its owner's alone (Unix mode 600, in folders of mode 700), secret or not.</summary>
internal sealed class KitFolder(string root)
{
    public const string Ignore = ".gitignore", Manifest = "manifest.json", ManifestTable = "manifest.csv", HomeKeys = "homes.json", Labels = "labels.html", NewLabels = "labels-new.html";
    public const string AuthorityCertificate = "authority/ca.pem", AuthorityKey = "authority/ca.key";
    public const string Access = "broker/acl", Passwords = "broker/passwords", BrokerAuthority = "broker/ca.pem", BrokerCertificate = "broker/broker.pem";
    public const string BrokerKey = "broker/broker.key", RevocationList = "broker/crl.pem", BrokerConfiguration = "broker/gateway-agent.conf";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Root => root;

    public static string OfNode(string node) => $"nodes/{node}";

    public static string OfNode(string node, string file) => $"nodes/{node}/{file}";

    public static string OfClient(string client, string file) => $"clients/{client}/{file}";

    public string PathOf(string file) => Path.Combine(root, file);

    public bool Has(string file) => File.Exists(PathOf(file));

    public string Read(string file) => File.ReadAllText(PathOf(file));

    public string? ReadIfThere(string file) => Has(file) ? Read(file) : null;

    /// <summary>Replaces a file, or makes it: one that is linked from elsewhere stays there as it was.</summary>
    public void Write(string file, string text)
    {
        string path = PathOf(file);
        MakeFolder(Path.GetDirectoryName(path)!);
        File.Delete(path);
        PrivateFile.Write(path, text);
    }

    public bool HasNode(string node) => Directory.Exists(PathOf(OfNode(node)));

    public void RemoveNode(string node)
    {
        string folder = PathOf(OfNode(node));
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Each on its way by itself: those between would get the mode that is usual.
    private static void MakeFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        MakeFolder(Path.GetDirectoryName(folder)!);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly);
        }
    }
}
