using System.Net;

namespace GatewayAgent.Portal.Access;

/// <summary>Refused tokens by address: who tries many is told to wait until the minute is over, whatever they try next.</summary>
internal sealed class FailureLimit(TimeProvider clock)
{
    private static readonly TimeSpan _window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, (DateTimeOffset Ends, int Failures)> _failures = [];

    /// <summary>Failures in all, for the metrics.</summary>
    public long Total { get; private set; }

    /// <summary>How long the address has to wait; null = it may try.</summary>
    public TimeSpan? WaitOf(IPAddress address)
    {
        lock (_lock)
        {
            DateTimeOffset now = clock.GetUtcNow();
            return _failures.TryGetValue(Key(address), out var known) && known.Ends > now && known.Failures >= PortalLimits.MaxFailuresPerMinute
                ? known.Ends - now
                : null;
        }
    }

    public void Count(IPAddress address)
    {
        lock (_lock)
        {
            Total++;
            DateTimeOffset now = clock.GetUtcNow();
            MakeRoom(now);
            IPAddress key = Key(address);
            _failures[key] = _failures.TryGetValue(key, out var known) && known.Ends > now
                ? (known.Ends, known.Failures + 1)
                : (now + _window, 1);
        }
    }

    private void MakeRoom(DateTimeOffset now)
    {
        if (_failures.Count < PortalLimits.MaxFailingAddresses)
        {
            return;
        }

        foreach ((IPAddress address, _) in _failures.Where(entry => entry.Value.Ends <= now).ToList())
        {
            _failures.Remove(address);
        }

        if (_failures.Count >= PortalLimits.MaxFailingAddresses)
        {
            _failures.Clear();
        }
    }

    // Who has one IPv6 address has 2^64 of them.
    private static IPAddress Key(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        byte[] bytes = address.GetAddressBytes();
        return bytes.Length == 16 ? new IPAddress([.. bytes[..8], 0, 0, 0, 0, 0, 0, 0, 0]) : address;
    }
}
