namespace GatewayAgent.Control;

/// <summary>
/// The last commands with what became of them, so that one that comes again does not run again. Of an identifier a hash of 64 bits is kept: that
/// two of sixteen are the same by chance happens once in 10^17 times.
/// </summary>
internal sealed class RecentCommands
{
    private readonly ulong[] _hash = new ulong[Limits.RecentCommands];
    private readonly byte[] _status = new byte[Limits.RecentCommands];
    private readonly byte[] _reason = new byte[Limits.RecentCommands];
    private int _next;

    /// <summary>Remembers a command in place of the oldest.</summary>
    public void Add(string id, CommandStatus status, CommandReason reason)
    {
        _hash[_next] = HashOf(id);
        _status[_next] = (byte)status;
        _reason[_next] = (byte)reason;
        _next = (_next + 1) % Limits.RecentCommands;
    }

    /// <summary>Looks for a command.</summary>
    /// <returns>False when it is not remembered.</returns>
    public bool TryFind(string id, out CommandStatus status, out CommandReason reason)
    {
        ulong hash = HashOf(id);
        for (int i = 0; i < _hash.Length; i++)
        {
            if (_hash[i] == hash)
            {
                status = (CommandStatus)_status[i];
                reason = (CommandReason)_reason[i];
                return true;
            }
        }

        status = CommandStatus.Unknown;
        reason = CommandReason.None;
        return false;
    }

    // FNV-1a. An empty place holds 0, which no identifier of our characters is known to give; it would only be found, not run.
    private static ulong HashOf(string id)
    {
        ulong hash = 14695981039346656037UL;
        for (int i = 0; i < id.Length; i++)
        {
            hash = (hash ^ id[i]) * 1099511628211UL;
        }

        return hash;
    }
}
