using System.Security.Cryptography.X509Certificates;
using System.Text;
using GatewayAgent.Mosquitto;
using GatewayAgent.Provisioning.Nodes;

namespace GatewayAgent.Provisioning.Kits;

/// <summary>What a mosquitto needs to let exactly the nodes of a kit in, each on its own branch, and beside them a collector and an operator.</summary>
internal static class BrokerFiles
{
    // Beside the payload: topics have up to 150 bytes, a CONNECT holds a will, a name and a password.
    private const int LargestPayload = 4096, TopicRoom = 1024;

    /// <param name="kit">Its clients are written already.</param>
    /// <param name="manifest">Who is let in.</param>
    /// <param name="folder">Where the files will lie on the broker's machine.</param>
    /// <returns>Until when the broker's certificate is good; null = it is not ours.</returns>
    /// <exception cref="ProvisionException">The folder's name cannot stand in a line.</exception>
    public static DateTimeOffset? Write(KitContext kit, Manifest manifest, string folder)
    {
        if (folder.Any(char.IsControl))
        {
            throw new ProvisionException("the kit's path has a control character, and the broker's configuration is of lines: name another folder");
        }

        WriteUsers(kit.Folder, manifest);
        if (kit.Authority != null)
        {
            kit.Folder.Write(KitFolder.BrokerAuthority, kit.Authority);
        }

        if (kit.Settings.Authority != AuthorityKind.Operator)
        {
            kit.Folder.Write(KitFolder.BrokerConfiguration, Configuration(kit.Settings, folder.TrimEnd('/')));
        }

        if (kit.Ca == null)
        {
            return null;
        }

        if (!kit.Folder.Has(KitFolder.BrokerCertificate))
        {
            WriteCertificate(kit, []);
        }

        kit.Folder.Write(KitFolder.RevocationList, kit.Ca.RevocationList(manifest.Revoked, kit.Now));
        using X509Certificate2 certificate = X509Certificate2.CreateFromPem(kit.Folder.Read(KitFolder.BrokerCertificate));
        return certificate.NotAfter.ToUniversalTime();
    }

    /// <summary>A new certificate for the lab's broker, under the name that the nodes have for it, those it had, and others.</summary>
    public static void WriteCertificate(KitContext kit, IEnumerable<string> otherNames)
    {
        IEnumerable<string> names = otherNames.Prepend(kit.Settings.Host).Concat(NamesIn(kit.Folder.ReadIfThere(KitFolder.BrokerCertificate)));
        IssuedCertificate certificate = kit.Ca!.IssueBroker([.. names.Distinct(StringComparer.OrdinalIgnoreCase)], kit.Now);
        kit.Folder.Write(KitFolder.BrokerCertificate, certificate.Certificate);
        kit.Folder.Write(KitFolder.BrokerKey, certificate.Key);
    }

    private static IEnumerable<string> NamesIn(string? pem)
    {
        if (pem == null)
        {
            return [];
        }

        using X509Certificate2 certificate = X509Certificate2.CreateFromPem(pem);
        return [.. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(names =>
            names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(address => address.ToString())))];
    }

    // The access list, and with passwords those; lines of users that were there already stay as they are.
    private static void WriteUsers(KitFolder folder, Manifest manifest)
    {
        BrokerUser[] users =
        [
            BrokerUser.Collector(ClientFiles.Collector, ""),
            BrokerUser.Operator(ClientFiles.Operator, ""),
            .. manifest.Nodes.Select(node => BrokerUser.Node(node.Home, node.Node, "")),
        ];
        folder.Write(KitFolder.Access, string.Concat(users.Select(user => user.AccessRules)));
        if (manifest.Broker.Identity == NodeIdentity.Password)
        {
            Dictionary<string, string> known = PasswordLines(folder);
            folder.Write(KitFolder.Passwords, string.Concat(users.Select(user => known.GetValueOrDefault(user.Name) ?? NewPasswordLine(user.Name, folder))));
        }
    }

    private static Dictionary<string, string> PasswordLines(KitFolder folder) =>
        (folder.ReadIfThere(KitFolder.Passwords) ?? "")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(line => line[..line.IndexOf(':')], line => line + "\n");

    private static string NewPasswordLine(string user, KitFolder folder)
    {
        (string User, string Folder) client = ClientFiles.All.FirstOrDefault(client => client.User == user);
        string password = client.Folder != null
            ? folder.Read(KitFolder.OfClient(client.Folder, ClientFiles.Password)).TrimEnd('\n')
            : NodeFiles.PasswordIn(folder.Read(KitFolder.OfNode(user, NodeFiles.Settings)))!;
        return BrokerUser.Collector(user, password).PasswordLine;
    }

    // The part of a mosquitto.conf that belongs to the kit.
    private static string Configuration(KitSettings settings, string at)
    {
        var text = new StringBuilder();
        text.Append("# Of mosquitto, for the nodes of this kit. Put it into conf.d, or start a broker with it: mosquitto -c gateway-agent.conf\n");
        if (settings.BrokerFolder == null)
        {
            // As root the broker would become the user "mosquitto", who cannot read the kit.
            text.Append($"user {Environment.UserName}\n");
        }

        text.Append($"listener {settings.Port}\nallow_anonymous false\nacl_file {at}/acl\n");
        if (settings.Identity == NodeIdentity.Password)
        {
            text.Append($"password_file {at}/passwords\n");
        }

        if (settings.IsTls)
        {
            text.Append($"certfile {at}/broker.pem\nkeyfile {at}/broker.key\n");
        }

        if (settings.Identity == NodeIdentity.Certificate)
        {
            text.Append($"cafile {at}/ca.pem\nrequire_certificate true\nuse_identity_as_username true\ncrlfile {at}/crl.pem\n");
        }

        text.Append("# A node's memory holds about three copies of a message: these bound them.\n");
        return text.Append($"message_size_limit {LargestPayload}\nmax_packet_size {LargestPayload + TopicRoom}\n").ToString();
    }
}
