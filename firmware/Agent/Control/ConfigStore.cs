using GatewayAgent.Ports;

namespace GatewayAgent.Control;

/// <summary>
/// The configurations on flash. At every moment one of them, or what was provisioned, can be used:
///
/// <code>
///   config           the one that is confirmed, JSON as received
///   config-previous  the one before it, for the day on which that cannot be read
///   config-trial     is there only while a newer one is on trial: found at a start, it has failed
///   config-refused   version and reason of the last one that failed its trial
/// </code>
/// </summary>
public sealed class ConfigStore
{
    private const string Current = "config", Previous = "config-previous", Trial = "config-trial", Failed = "config-refused";
    private const int VersionBytes = 4;

    private readonly IFlash _flash;
    private readonly IConfigReader _reader;
    private readonly AgentSettings _provisioned;

    /// <param name="flash">Null: nothing outlives a boot.</param>
    /// <param name="reader">Reads what is found.</param>
    /// <param name="provisioned">Valid. The base of every configuration, and the last resort.</param>
    public ConfigStore(IFlash flash, IConfigReader reader, AgentSettings provisioned)
    {
        _flash = flash;
        _reader = reader;
        _provisioned = provisioned;
        Settings = provisioned;
    }

    /// <summary>What is confirmed: what a node starts with, and comes back to.</summary>
    public AgentSettings Settings { get; private set; }

    /// <summary>Version of the confirmed configuration; 0 = as provisioned.</summary>
    public int Version { get; private set; }

    /// <summary>Version that failed its trial last; 0 = none since another one was confirmed.</summary>
    public int FailedVersion { get; private set; }

    /// <summary>Why; null when none did.</summary>
    public string FailedReason { get; private set; }

    /// <summary>Finds out at a start what to run on, and ends a trial that was cut off.</summary>
    /// <returns><see cref="Settings"/>.</returns>
    public AgentSettings Load()
    {
        if (_flash == null)
        {
            return Settings;
        }

        LoadFailed();
        byte[] trial = ReadFile(Trial);
        byte[] current = ReadFile(Current);
        if (trial != null)
        {
            EndCutTrial(trial, current);
        }

        if (!Use(current))
        {
            Use(ReadFile(Previous));
        }

        return Settings;
    }

    /// <summary>Reads and checks a configuration; nothing changes.</summary>
    public ConfigReading Read(byte[] payload) => _reader.Read(payload, _provisioned);

    /// <summary>Notes on flash that a configuration is on trial: whatever ends it but <see cref="Confirm"/>, it is not used again.</summary>
    /// <returns>False when flash did not take it.</returns>
    public bool BeginTrial(byte[] payload) => _flash == null || _flash.Replace(Trial, payload, payload.Length);

    /// <summary>The configuration on trial is confirmed.</summary>
    /// <returns>False when flash did not take it: the one before still stands.</returns>
    public bool Confirm(int version, AgentSettings settings)
    {
        if (_flash != null && !KeepTrial())
        {
            return false;
        }

        Version = version;
        Settings = settings;
        FailedVersion = 0;
        FailedReason = null;
        return true;
    }

    /// <summary>The configuration on trial has failed; the confirmed one stands.</summary>
    public void Fail(int version, string reason)
    {
        FailedVersion = version;
        FailedReason = reason;
        if (_flash != null)
        {
            SaveFailed();
            _flash.Delete(Trial);
        }
    }

    /// <summary>The trial was called off; nothing is held against the configuration.</summary>
    public void DropTrial()
    {
        if (_flash != null)
        {
            _flash.Delete(Trial);
        }
    }

    // The order matters: a cut after the second step is a confirmation that Load completes.
    private bool KeepTrial()
    {
        byte[] trial = ReadFile(Trial);
        byte[] current = ReadFile(Current);
        if (trial == null || (current != null && !_flash.Replace(Previous, current, current.Length)) || !_flash.Replace(Current, trial, trial.Length))
        {
            return false;
        }

        _flash.Delete(Trial);
        _flash.Delete(Failed);
        return true;
    }

    private void EndCutTrial(byte[] trial, byte[] current)
    {
        if (Equal(trial, current))
        {
            DropTrial();
            _flash.Delete(Failed);
            FailedVersion = 0;
            FailedReason = null;
            return;
        }

        int version = Read(trial).Version;
        if (version == 0)
        {
            DropTrial();
            return;
        }

        Fail(version, version == FailedVersion ? FailedReason : "the node restarted during the trial");
    }

    private bool Use(byte[] payload)
    {
        ConfigReading reading = payload == null ? null : Read(payload);
        if (reading == null || reading.Settings == null)
        {
            return false;
        }

        Version = reading.Version;
        Settings = reading.Settings;
        return true;
    }

    private void SaveFailed()
    {
        byte[] record = new byte[VersionBytes + Limits.ReasonChars];
        for (int i = 0; i < VersionBytes; i++)
        {
            record[i] = (byte)(FailedVersion >> (8 * i));
        }

        int length = FailedReason.Length < Limits.ReasonChars ? FailedReason.Length : Limits.ReasonChars;
        for (int i = 0; i < length; i++)
        {
            record[VersionBytes + i] = FailedReason[i] < 0x80 ? (byte)FailedReason[i] : (byte)'?';
        }

        _flash.Replace(Failed, record, VersionBytes + length);
    }

    private void LoadFailed()
    {
        byte[] record = ReadFile(Failed);
        if (record == null || record.Length <= VersionBytes)
        {
            return;
        }

        FailedVersion = record[0] | (record[1] << 8) | (record[2] << 16) | (record[3] << 24);
        char[] reason = new char[record.Length - VersionBytes];
        for (int i = 0; i < reason.Length; i++)
        {
            reason[i] = (char)record[VersionBytes + i];
        }

        FailedReason = new string(reason);
    }

    // Null when there is none, or nothing in it, or more than ever was written.
    private byte[] ReadFile(string name)
    {
        byte[] buffer = new byte[Limits.ConfigBytes + 1];
        int length = _flash.Read(name, 0, buffer, buffer.Length);
        if (length <= 0 || length == buffer.Length)
        {
            return null;
        }

        byte[] content = new byte[length];
        System.Array.Copy(buffer, content, length);
        return content;
    }

    private static bool Equal(byte[] a, byte[] b)
    {
        if (b == null || a.Length != b.Length)
        {
            return false;
        }

        for (int i = 0; i < a.Length; i++)
        {
            if (a[i] != b[i])
            {
                return false;
            }
        }

        return true;
    }
}
