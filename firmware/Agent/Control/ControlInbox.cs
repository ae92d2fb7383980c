using GatewayAgent.Uplink;

namespace GatewayAgent.Control;

/// <summary>
/// What the operator has sent, noted by the MQTT client's threads for the uplink's next step: the latest configuration and a few commands. What is
/// too large is not kept, but that it came is.
/// </summary>
public sealed class ControlInbox : IInbox
{
    private readonly object _gate = new object();
    private readonly byte[][] _commands = new byte[Limits.WaitingCommands][];
    private byte[] _config;
    private int _configBytes = -1;
    private int _count;
    private int _dropped;

    /// <summary>Notes a configuration in place of one that was not taken yet.</summary>
    public void HearConfig(byte[] payload)
    {
        lock (_gate)
        {
            _configBytes = payload.Length;
            _config = payload.Length > Limits.ConfigBytes ? null : payload;
        }
    }

    /// <summary>Notes a command; without room it is only counted.</summary>
    public void HearCommand(byte[] payload)
    {
        lock (_gate)
        {
            if (_count == _commands.Length)
            {
                _dropped++;
                return;
            }

            _commands[_count] = payload.Length > Limits.CommandBytes ? null : payload;
            _count++;
        }
    }

    /// <summary>Takes the configuration that came last.</summary>
    /// <param name="payload">Null when it is too large.</param>
    /// <param name="bytes">Its size.</param>
    /// <returns>False when none has come since.</returns>
    public bool TryTakeConfig(out byte[] payload, out int bytes)
    {
        lock (_gate)
        {
            payload = _config;
            bytes = _configBytes;
            _config = null;
            _configBytes = -1;
            return bytes >= 0;
        }
    }

    /// <summary>Takes the oldest command.</summary>
    /// <param name="payload">Null when it is too large.</param>
    /// <returns>False when there is none.</returns>
    public bool TryTakeCommand(out byte[] payload)
    {
        lock (_gate)
        {
            payload = _commands[0];
            if (_count == 0)
            {
                return false;
            }

            _count--;
            for (int i = 0; i < _count; i++)
            {
                _commands[i] = _commands[i + 1];
            }

            _commands[_count] = null;
            return true;
        }
    }

    /// <summary>Takes the number of commands that found no room since it was last asked for.</summary>
    public int TakeDropped()
    {
        lock (_gate)
        {
            int dropped = _dropped;
            _dropped = 0;
            return dropped;
        }
    }
}
