using System.Text;

namespace GatewayAgent.Mosquitto;

/// <summary>Writes mosquitto.conf, the password file and the ACL into the broker's folder, which is ours alone to read.</summary>
internal static class BrokerConfiguration
{
    // Of a packet beside its payload: topics have up to 150 bytes, a CONNECT holds a will, a name and a password.
    private const int TopicRoom = 1024;

    /// <returns>Path of mosquitto.conf.</returns>
    public static string Write(string folder, int port, MosquittoBrokerOptions options)
    {
        var text = new StringBuilder();

        // As root the broker would become the user "mosquitto", who cannot read our folder.
        text.AppendLine($"user {Environment.UserName}");
        text.AppendLine($"listener {port} 127.0.0.1");
        text.AppendLine("set_tcp_nodelay true");
        text.AppendLine("connection_messages false");
        text.AppendLine("log_dest stderr").AppendLine("log_timestamp false");
        text.AppendLine("log_type error").AppendLine("log_type warning").AppendLine("log_type notice");
        if (options.Denied != null)
        {
            // Denials are told among what is for finding faults.
            text.AppendLine("log_type debug");
        }

        text.AppendLine("sys_interval 0");
        text.AppendLine($"message_size_limit {options.MaximumPayload}");
        text.AppendLine($"max_packet_size {options.MaximumPayload + TopicRoom}");
        text.AppendLine($"max_queued_messages {options.MaximumQueued}");
        text.AppendLine("max_inflight_messages 1000");
        AppendAccess(text, folder, options.Users);
        AppendPersistence(text, folder, options.Persistent);
        AppendTls(text, options);

        return WriteFile(folder, "mosquitto.conf", text.ToString());
    }

    private static void AppendTls(StringBuilder text, MosquittoBrokerOptions options)
    {
        if (options.Tls is var (certificate, key))
        {
            text.AppendLine($"certfile {certificate}").AppendLine($"keyfile {key}");
        }

        if (options.ClientAuthority is { } authority)
        {
            text.AppendLine($"cafile {authority}").AppendLine("require_certificate true").AppendLine("use_identity_as_username true");
        }
    }

    private static void AppendAccess(StringBuilder text, string folder, IReadOnlyList<BrokerUser> users)
    {
        if (users.Count == 0)
        {
            text.AppendLine("allow_anonymous true");
            return;
        }

        string passwords = string.Concat(users.Select(user => user.PasswordLine));
        string rules = string.Concat(users.Select(user => user.AccessRules));
        text.AppendLine("allow_anonymous false");
        text.AppendLine($"password_file {WriteFile(folder, "passwords", passwords)}");
        text.AppendLine($"acl_file {WriteFile(folder, "acl", rules)}");
    }

    private static void AppendPersistence(StringBuilder text, string folder, bool persistent)
    {
        text.AppendLine($"persistence {(persistent ? "true" : "false")}");
        if (persistent)
        {
            text.AppendLine($"persistence_location {folder}{Path.DirectorySeparatorChar}");
        }
    }

    private static string WriteFile(string folder, string name, string text) => PrivateFile.Write(Path.Combine(folder, name), text);
}
