using GatewayAgent.Mosquitto;

namespace GatewayAgent.Provisioning.Kits;

/// <summary>The files of those clients of the broker that are no nodes, as <c>gw collect</c> and <c>gw config</c> take them.</summary>
public static class ClientFiles
{
    public const string Collector = "@collector", Operator = "@operator";
    public const string Authority = "ca.pem", Certificate = "client.pem", Key = "client.key", Password = "password";

    /// <summary>Each one's user name, which no node can have, for ids hold no @; and its folder.</summary>
    public static IReadOnlyList<(string User, string Folder)> All { get; } = [(Collector, "collector"), (Operator, "operator")];

    /// <summary>The user whose files lie in a folder of this name; null = nobody's.</summary>
    public static string? UserOf(string folder) => All.FirstOrDefault(client => client.Folder == Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))).User;

    /// <summary>Writes what is missing.</summary>
    internal static void Write(KitContext kit)
    {
        foreach ((string user, string folder) in All)
        {
            if (kit.Settings.Identity == NodeIdentity.Password)
            {
                WriteOnce(kit.Folder, KitFolder.OfClient(folder, Password), () => Secrets.New() + "\n");
            }
            else if (kit.Ca != null && !kit.Folder.Has(KitFolder.OfClient(folder, Certificate)))
            {
                IssuedCertificate own = kit.Ca.IssueClient(user, kit.Now);
                kit.Folder.Write(KitFolder.OfClient(folder, Certificate), own.Certificate);
                kit.Folder.Write(KitFolder.OfClient(folder, Key), own.Key);
            }

            if (kit.Authority != null)
            {
                WriteOnce(kit.Folder, KitFolder.OfClient(folder, Authority), () => kit.Authority);
            }
        }
    }

    private static void WriteOnce(KitFolder folder, string file, Func<string> text)
    {
        if (!folder.Has(file))
        {
            folder.Write(file, text());
        }
    }
}
