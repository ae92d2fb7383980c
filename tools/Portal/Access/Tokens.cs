using Microsoft.Extensions.Logging;

namespace GatewayAgent.Portal.Access;

/// <summary>The tokens in force. The file is read again when it has changed, so that a token can be taken back without a restart.</summary>
internal sealed class Tokens
{
    private static readonly TimeSpan _lookAgainAfter = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly TimeProvider _clock;
    private readonly ILogger<Tokens> _log;
    private TokenSet _set;
    private DateTime _writtenAt;
    private DateTimeOffset _lookedAt;

    /// <exception cref="PortalException">The file cannot be used.</exception>
    public Tokens(string path, TimeProvider clock, ILogger<Tokens> log)
    {
        (_path, _clock, _log) = (path, clock, log);
        _writtenAt = File.GetLastWriteTimeUtc(path);
        _set = TokenSet.Load(path);
        _lookedAt = clock.GetUtcNow();
    }

    public Grant? Find(byte[] hash)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        return Current(now).Find(hash, now);
    }

    private TokenSet Current(DateTimeOffset now)
    {
        lock (_lock)
        {
            if ((now - _lookedAt).Duration() >= _lookAgainAfter)
            {
                _lookedAt = now;
                ReadIfChanged();
            }

            return _set;
        }
    }

    // A file that cannot be read leaves the tokens as they were: a slip of an editor must not lock everybody out.
    private void ReadIfChanged()
    {
        DateTime writtenAt = File.GetLastWriteTimeUtc(_path);
        if (writtenAt == _writtenAt)
        {
            return;
        }

        _writtenAt = writtenAt;
        try
        {
            _set = TokenSet.Load(_path);
            _log.LogInformation("read the tokens of {File} again", _path);
        }
        catch (PortalException e)
        {
            _log.LogError("the tokens stay as they were: {Problem}", e.Message);
        }
    }
}
