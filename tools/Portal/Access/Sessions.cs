using System.Security.Cryptography;

namespace GatewayAgent.Portal.Access;

/// <summary>Logins: what a browser holds is a number that means nothing elsewhere. Kept in memory, so a restart ends them.</summary>
internal sealed class Sessions(TimeProvider clock)
{
    private const int IdBytes = 32;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (byte[] TokenHash, DateTimeOffset Ends)> _sessions = [];
    private readonly Queue<string> _oldestFirst = new();

    public string Begin(byte[] tokenHash)
    {
        string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        lock (_lock)
        {
            _sessions.Add(id, (tokenHash, clock.GetUtcNow() + PortalLimits.SessionTime));
            _oldestFirst.Enqueue(id);
            while (_oldestFirst.Count > PortalLimits.MaxSessions)
            {
                _sessions.Remove(_oldestFirst.Dequeue());
            }
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
            _sessions.Remove(id);
        }
    }
}
