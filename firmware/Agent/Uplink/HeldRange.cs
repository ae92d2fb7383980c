using GatewayAgent.Merging;

namespace GatewayAgent.Uplink;

/// <summary>
/// From which sequence on a boot's reports are still held: what each transmission states as its backlog. It is a lower bound, so that what it
/// excludes is certain.
/// </summary>
internal sealed class HeldRange
{
    // This boot's reports in the journal; 0 = none.
    private uint _first, _last;

    // The earlier boot that is being replayed, and the first of its reports.
    private uint _earlier, _earlierFirst;

    /// <summary>A report of this boot has gone to the journal.</summary>
    public void Stored(uint first, uint last)
    {
        if (_first == 0)
        {
            _first = first;
        }

        _last = last;
    }

    /// <summary>This boot's reports up to a sequence are gone.</summary>
    public void FreeThrough(uint sequence)
    {
        if (sequence >= _last)
        {
            _first = 0;
            _last = 0;
        }
        else if (sequence >= _first)
        {
            _first = sequence + 1;
        }
    }

    /// <summary>The first sequence of this boot that is held.</summary>
    /// <param name="inRam">The first that the outbox holds.</param>
    public uint Oldest(uint inRam) => _first != 0 && _first < inRam ? _first : inRam;

    /// <summary>None of this boot's reports is in the journal any more, whatever became of them.</summary>
    public void Forget()
    {
        _first = 0;
        _last = 0;
    }

    /// <summary>The replay starts again at the oldest report.</summary>
    public void Rewind()
    {
        _earlier = 0;
    }

    /// <summary>Sequences of an earlier boot that are held before a report, which is the next of the replay.</summary>
    public uint BacklogOfEarlier(ReportIdentity report)
    {
        if (report.BootId != _earlier || report.First < _earlierFirst)
        {
            _earlier = report.BootId;
            _earlierFirst = report.First;
        }

        return report.First - _earlierFirst;
    }
}
