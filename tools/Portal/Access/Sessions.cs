using System.Security.Cryptography;

namespace GatewayAgent.Portal.Access;

/// <summary>Logins: what a browser holds is a number that means nothing elsewhere. Kept in memory, so a restart ends them.</summary>
internal sealed class Sessions(TimeProvider clock)
{
    private const int IdBytes = 32;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (byte[] TokenHash, DateTimeOffset Ends)> _sessions = [];
    private readonly LinkedList<string> _oldestFirst = new();

    public string Begin(byte[] tokenHash)
    {
        string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        lock (_lock)
        {
            MakeRoom(tokenHash);
            _sessions.Add(id, (tokenHash, clock.GetUtcNow() + PortalLimits.SessionTime));
            _oldestFirst.AddLast(id);
        }

        return id;
    }

    /// <summary>Hash of the token that the session began with; null when there is no such session, or it is over.</summary>
    public byte[]? Find(string id)
    {
        lock (_lock)
        {
            return _sessions.TryGetValue(id, out var session) && session.Ends > clock.GetUtcNow() ? session.TokenHash : null;
        }
    }

    public void End(string id)
    {
        lock (_lock)
        {
            Remove(id);
        }
    }

    // One token's logins do not end those of others.
    private void MakeRoom(byte[] tokenHash)
    {
        List<string> own = [.. _oldestFirst.Where(id => _sessions[id].TokenHash.AsSpan().SequenceEqual(tokenHash))];
        if (own.Count >= PortalLimits.MaxSessionsOfToken)
        {
            Remove(own[0]);
        }
        else if (_sessions.Count >= PortalLimits.MaxSessions)
        {
            Remove(_oldestFirst.First!.Value);
        }
    }

    private void Remove(string id)
    {
        if (_sessions.Remove(id))
        {
            _oldestFirst.Remove(id);
        }
    }
}
