using GatewayAgent.Control;
using GatewayAgent.Privacy;

namespace GatewayAgent.Sampling;

/// <summary>What other threads want of the sampler: noted under a short lock, done at its next tick.</summary>
public sealed class Requests
{
    private readonly object _gate = new object();
    private AgentSettings _settings;
    private AddressHash _addresses;
    private bool _report, _survey, _stop;
    private bool _isStopped;

    /// <summary>The sampler has stopped: everything it measured is in the outbox.</summary>
    public bool IsStopped
    {
        get
        {
            lock (_gate)
            {
                return _isStopped;
            }
        }
    }

    /// <summary>Something is wanted of a sampler that has not stopped.</summary>
    public bool Any
    {
        get
        {
            lock (_gate)
            {
                return !_isStopped && (_settings != null || _report || _survey || _stop);
            }
        }
    }

    /// <summary>Close the window now.</summary>
    public void Report()
    {
        lock (_gate)
        {
            _report = true;
        }
    }

    /// <summary>Visit all channels, one a second.</summary>
    public void Survey()
    {
        lock (_gate)
        {
            _survey = true;
        }
    }

    /// <summary>Go on with these settings.</summary>
    public void Use(AgentSettings settings)
    {
        // Made here: the sampling thread makes nothing.
        AddressHash addresses = AddressHash.OfNetwork(settings);
        lock (_gate)
        {
            _settings = settings;
            _addresses = addresses;
        }
    }

    /// <summary>Close the window and sample no more.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stop = true;
        }
    }

    internal bool TakeReport()
    {
        lock (_gate)
        {
            bool wanted = _report;
            _report = false;
            return wanted;
        }
    }

    internal bool TakeSurvey()
    {
        lock (_gate)
        {
            bool wanted = _survey;
            _survey = false;
            return wanted;
        }
    }

    /// <returns>New settings, or null.</returns>
    /// <param name="addresses">Of their home's key.</param>
    internal AgentSettings TakeSettings(out AddressHash addresses)
    {
        lock (_gate)
        {
            AgentSettings settings = _settings;
            addresses = _addresses;
            _settings = null;
            _addresses = null;
            return settings;
        }
    }

    internal bool IsStopWanted
    {
        get
        {
            lock (_gate)
            {
                return _stop;
            }
        }
    }

    internal void Stopped()
    {
        lock (_gate)
        {
            _isStopped = true;
        }
    }
}
