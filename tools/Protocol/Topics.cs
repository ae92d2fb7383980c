using System.Diagnostics.CodeAnalysis;

namespace GatewayAgent.Protocol;

/// <summary>A topic of one node, taken apart.</summary>
/// <param name="Home">Id of the home.</param>
/// <param name="Node">Id of the node, unique within its home.</param>
/// <param name="Leaf">What is said: one of the constants of <see cref="Topics"/>, or another tail, such as <c>config/state</c>.</param>
public readonly record struct NodeTopic(string Home, string Node, string Leaf);

/// <summary>Topics <c>gw/v1/{home}/{node}/{leaf}</c>. The broker's ACL vouches for home and node, so payloads do not repeat them.</summary>
public static class Topics
{
    public const string Report = "report";
    public const string Event = "event";
    public const string State = "state";
    public const string Ack = "ack";
    public const string Config = "config";
    public const string ConfigState = "config/state";
    public const string Command = "cmd";
    public const string CommandResult = "cmd/result";

    /// <summary>Longest id of a home or a node, characters.</summary>
    public const int MaxIdLength = 64;

    private const string Prefix = "gw/v1/";

    /// <summary>The topic of a node's leaf.</summary>
    /// <exception cref="ArgumentException">An id is empty, too long or holds a character that is not of <c>[A-Za-z0-9._-]</c>.</exception>
    public static string Format(string home, string node, string leaf)
    {
        ThrowUnlessId(home, nameof(home));
        ThrowUnlessId(node, nameof(node));
        return $"{Prefix}{home}/{node}/{leaf}";
    }

    /// <summary>The filter for a leaf of every node, optionally as a shared subscription of <paramref name="group"/>.</summary>
    public static string Filter(string leaf, string? group = null) =>
        group == null ? $"{Prefix}+/+/{leaf}" : $"$share/{group}/{Prefix}+/+/{leaf}";

    /// <summary>Takes a topic apart; false with the reason when it is not a node's.</summary>
    public static bool TryParse(string topic, out NodeTopic parsed, [NotNullWhen(false)] out string? reason)
    {
        parsed = default;
        if (!topic.StartsWith(Prefix, StringComparison.Ordinal))
        {
            reason = $"topic does not begin with {Prefix}";
            return false;
        }

        string[] parts = topic[Prefix.Length..].Split('/', 3);
        reason = parts switch
        {
            { Length: < 3 } => "topic is not gw/v1/{home}/{node}/{leaf}",
            _ when !IsId(parts[0]) => "topic: home is not of [A-Za-z0-9._-]{1,64}",
            _ when !IsId(parts[1]) => "topic: node is not of [A-Za-z0-9._-]{1,64}",
            _ when parts[2].Length == 0 => "topic: leaf is empty",
            _ => null,
        };
        if (reason != null)
        {
            return false;
        }

        parsed = new NodeTopic(parts[0], parts[1], parts[2]);
        return true;
    }

    /// <summary>Whether a text can be the id of a home or a node: 1–64 of <c>[A-Za-z0-9._-]</c>.</summary>
    public static bool IsId(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > MaxIdLength)
        {
            return false;
        }

        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-'))
            {
                return false;
            }
        }

        return true;
    }

    private static void ThrowUnlessId(string text, string name)
    {
        if (!IsId(text))
        {
            throw new ArgumentException($"'{text}' is not of [A-Za-z0-9._-]{{1,{MaxIdLength}}}", name);
        }
    }
}
