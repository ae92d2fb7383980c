using GatewayAgent.Control;
using GatewayAgent.Privacy;
using GatewayAgent.Reporting;
using GatewayAgent.Sampling;

namespace GatewayAgent.Uplink;

/// <summary>The birth message, <c>State</c> of agent.proto: once a connection, and again when the settings have changed. Knows the will, too.</summary>
internal sealed class BirthSource : IPacketSource
{
    private const int Online = 1;

    private readonly NodeParts _parts;
    private readonly Sampler _sampler;
    private AgentSettings _settings;
    private int _attempts;
    private bool _isDue;

    public BirthSource(NodeParts parts, AgentSettings settings, Topics topics, Sampler sampler)
    {
        _parts = parts;
        _settings = settings;
        _sampler = sampler;
        Topic = topics.State;
    }

    /// <summary>The will as text: field 1, STATUS_OFFLINE. All its bytes are ASCII, which is all a will can be here.</summary>
    public const string Will = "\u0008\u0002";

    public string Topic { get; }

    public bool IsRetained => true;

    /// <summary>A connection has been made.</summary>
    /// <param name="attempts">Attempts that it took.</param>
    public void Announce(int attempts)
    {
        _attempts = attempts;
        _isDue = true;
    }

    /// <summary>Tells the new settings when the node is online.</summary>
    public void Use(AgentSettings settings)
    {
        _settings = settings;
        _isDue = true;
    }

    public int Next(long now, byte[] buffer)
    {
        if (!_isDue)
        {
            return 0;
        }

        _isDue = false;
        ProtoWriter proto = new ProtoWriter(buffer);
        Write(proto);
        return proto.Length;
    }

    public void Acknowledged(long now)
    {
    }

    public void Failed()
    {
        _isDue = true;
    }

    private void Write(ProtoWriter proto)
    {
        proto.Number(1, Online);
        proto.Fixed32(2, _parts.BootId);
        uint bootTime = BootTime.Of(_parts.Clock);
        if (bootTime != 0)
        {
            proto.Fixed32(3, bootTime);
        }

        proto.Text(4, AgentVersion.Text);
        proto.Count(5, (uint)_parts.Radio.Source);
        proto.Count(6, (uint)_parts.Radio.Abi);
        proto.Count(7, _parts.Radio.Capabilities);
        proto.Number(8, (uint)_settings.WindowSeconds);
        proto.Count(9, (uint)_sampler.ResetCause);
        proto.Count(10, _sampler.Sequence);
        proto.Count(11, (uint)_attempts);
        proto.Count(12, (uint)_settings.Role);
        proto.Count(13, _parts.SafeMode ? 1u : 0u);
        if (_parts.Boot != null)
        {
            proto.Count(14, _parts.Boot.Boots);
            proto.Text(15, _parts.Boot.LastWords);
        }

        Hashes(proto);
    }

    private void Hashes(ProtoWriter proto)
    {
        AddressHash hash = AddressHash.OfNetwork(_settings);
        if (hash == null)
        {
            return;
        }

        if (_settings.Ssid != null && _settings.Ssid.Length <= Limits.NetworkNameBytes)
        {
            proto.Fixed32(16, hash.OfName(_settings.Ssid, _settings.Ssid.Length));
        }

        if (_parts.OwnBssid != null)
        {
            proto.Fixed32(17, hash.OfAddress(_parts.OwnBssid, 0));
        }
    }
}
