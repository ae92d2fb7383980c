using GatewayAgent.Merging;
using GatewayAgent.Reporting;
using GatewayAgent.Storage;

namespace GatewayAgent.Uplink;

/// <summary>
/// The reports of a node as packets: what closed since the connection first and at once, then what was kept, oldest first and paced. A report is
/// held until the collector (or, by configuration, the broker) has acknowledged it: new ones in the <see cref="Outbox"/>, those of an outage in
/// the <see cref="Journal"/>. Runs on the uplink thread.
/// </summary>
internal sealed class ReportSource : IPacketSource
{
    private const byte FromOutbox = 1, FromJournal = 2;

    private readonly NodeParts _parts;
    private readonly Outbox _outbox;
    private readonly Journal _journal;
    private readonly ReportMerger _merger;
    private readonly CollectorWords _words;
    private readonly ReportIdentity _identity = new ReportIdentity();
    private readonly byte[] _spare;
    private readonly HeldRange _held;
    private readonly AckPatience _patience = new AckPatience();

    // The packet under way.
    private byte _from;
    private uint _bootId, _sequence;

    // The newest report of this boot that was sent, and when it was for the first time.
    private uint _newestSent;
    private long _newestSentAt;

    private uint _liveAbove;
    private long _nextReplay;
    private long _nextRecovery;

    // Since when something has closed that the broker does not have.
    private long _unsafeSince;

    // The journal was read to its end: nothing is asked of the flash until there is more.
    private bool _isRead;

    private uint _lostReports, _lostSeconds;

    /// <param name="parts">Clock, boot and flash.</param>
    /// <param name="topics">Where the reports go.</param>
    /// <param name="outbox">Reports in RAM.</param>
    /// <param name="words">The collector's acknowledgements.</param>
    /// <param name="spare">Of <see cref="Limits.ReportBytes"/>, for <see cref="Keep"/>.</param>
    public ReportSource(NodeParts parts, Topics topics, Outbox outbox, CollectorWords words, byte[] spare)
    {
        _spare = spare;
        _parts = parts;
        _outbox = outbox;
        _words = words;
        Topic = topics.Report;
        _merger = new ReportMerger();
        _journal = parts.Flash == null ? null : new Journal(parts.Flash, _merger);
        _held = new HeldRange();
    }

    /// <summary>Whose acknowledgement frees a report.</summary>
    public Assurance Assurance { get; set; }

    public string Topic { get; }

    public bool IsRetained => false;

    /// <summary>Reports on flash.</summary>
    public int Stored => _journal == null ? 0 : _journal.Count;

    /// <summary>When something was sent that the collector has acknowledged, ms of uptime; −1 = nothing yet.</summary>
    public long ConfirmedSentAt { get; private set; } = -1;

    /// <summary>What is to be sent next was kept, and has to wait a little.</summary>
    public bool IsPacing(long now) =>
        now < _nextReplay && _outbox.NextWaiting(_liveAbove) == 0 && (_outbox.NextWaiting(0) != 0 || (Stored > 0 && !_isRead));

    private bool HasJournal => _journal != null && _journal.IsUsable;

    /// <summary>A connection begins: what is there now was kept, what closes from now on is live.</summary>
    /// <param name="newest">Sequence of the newest report closed.</param>
    public void StartConnection(uint newest)
    {
        _liveAbove = newest;
        SendAllAgain();
        _patience.Restart();
    }

    /// <summary>Frees what the collector has acknowledged.</summary>
    public void HearCollector(long now)
    {
        // The journal holds what is oldest: words on newer reports do not tell what became of it.
        bool more = false;
        while (_words.TryTake(out uint bootId, out uint sequence))
        {
            bool isOldest = Stored == 0;
            if (bootId == _parts.BootId)
            {
                more |= _outbox.FreeThrough(sequence) > 0 && isOldest;
                _held.FreeThrough(sequence);
                if (sequence >= _newestSent)
                {
                    ConfirmedSentAt = _newestSentAt;
                }
            }

            if (_journal != null)
            {
                more |= _journal.FreeThrough(bootId, sequence) > 0;
            }
        }

        if (!more)
        {
            return;
        }

        if (_patience.Heard(now, IsHolding))
        {
            SendAllAgain();
        }
    }

    /// <summary>
    /// Brings reports to safety: to flash while nobody takes them, so that a power cut costs little; without flash the oldest make room.
    /// </summary>
    /// <param name="now">Uptime, ms.</param>
    /// <param name="all">Whatever is in RAM; otherwise only as much as makes room.</param>
    public void Keep(long now, bool all)
    {
        Recover(now);
        all |= IsOverdue(now);
        while (HasJournal && all ? _outbox.Count > 0 : _outbox.IsTight)
        {
            if (HasJournal ? !Store() : !_outbox.Condense(_merger, _spare))
            {
                break;
            }
        }

        CountLosses();
    }

    public int Next(long now, byte[] buffer)
    {
        int length = NextLive(buffer);
        if (length == 0 && now >= _nextReplay)
        {
            length = NextKept(buffer);
            if (length == 0 && _patience.TryEnd(now))
            {
                length = Oldest(buffer);
            }
        }

        return length;
    }

    public void Acknowledged(long now)
    {
        if (_from == FromJournal || _sequence <= _liveAbove)
        {
            _nextReplay = now + Limits.ReplayPaceMs;
        }

        if (_from == FromOutbox)
        {
            _outbox.MarkAtBroker(_sequence);
        }

        if (Assurance == Assurance.Collector)
        {
            _patience.Begin(now);
            return;
        }

        _outbox.FreeAtBroker();
        if (_from == FromJournal)
        {
            _journal.FreeThrough(_bootId, _sequence);
            if (_bootId == _parts.BootId)
            {
                _held.FreeThrough(_sequence);
            }
        }
    }

    public void Failed()
    {
        if (_from == FromOutbox)
        {
            _outbox.MarkWaiting(_sequence);
        }
        else
        {
            _journal.Rewind();
            _isRead = false;
        }
    }

    // Finds the reports of earlier boots, and looks again after the flash has failed; it takes as long as reading the journal does.
    private void Recover(long now)
    {
        if (_journal == null || _journal.IsUsable || now < _nextRecovery)
        {
            return;
        }

        _nextRecovery = now + Limits.FlashRetryMs;
        _journal.Recover();
        _isRead = false;
        _held.Rewind();
    }

    private bool IsOverdue(long now)
    {
        if (_outbox.WaitingCount + _outbox.SentCount == 0)
        {
            _unsafeSince = now;
        }

        return now - _unsafeSince >= Limits.OutageMs;
    }

    private bool IsHolding => _outbox.Count > 0 || Stored > 0;

    private int NextLive(byte[] buffer)
    {
        uint sequence = _outbox.NextWaiting(_liveAbove);
        return sequence == 0 ? 0 : FromRam(sequence, buffer);
    }

    private int NextKept(byte[] buffer)
    {
        if (_journal != null && !_isRead)
        {
            int length = _journal.ReadNext(buffer);
            _isRead = length == 0;
            if (length > 0)
            {
                return FromFlash(buffer, length, false);
            }
        }

        uint sequence = _outbox.NextWaiting(0);
        return sequence == 0 ? 0 : FromRam(sequence, buffer);
    }

    // The collector's word stays away: the oldest goes again, and its answer tells about all the rest.
    private int Oldest(byte[] buffer)
    {
        int length = _journal == null ? 0 : _journal.ReadOldest(buffer);
        if (length > 0)
        {
            return FromFlash(buffer, length, true);
        }

        return _outbox.CopyOldest(buffer, out uint sequence) == 0 ? 0 : FromRam(sequence, buffer);
    }

    private int FromRam(uint sequence, byte[] buffer)
    {
        int length = _outbox.Copy(sequence, buffer, out uint first, out bool wasSent);
        if (length == 0)
        {
            // The sampler needed its room in this very moment; the next round takes what is there now.
            return 0;
        }

        _from = FromOutbox;
        _bootId = _parts.BootId;
        _sequence = sequence;
        if (sequence > _newestSent)
        {
            _newestSent = sequence;
            _newestSentAt = _parts.Clock.UptimeMs;
        }

        _outbox.MarkSent(sequence);
        _words.WillSend(_parts.BootId, sequence);
        bool live = sequence > _liveAbove && !wasSent;
        return ReportWriter.StateAnew(buffer, length, BacklogOf(first), live ? 0 : BootTime.Of(_parts.Clock), !live);
    }

    // The sampler may have dropped the oldest in this very moment.
    private uint BacklogOf(uint first)
    {
        if (HasJournal && Stored == 0)
        {
            _held.Forget();
        }

        uint oldest = _held.Oldest(_outbox.OldestFirst);
        return oldest != 0 && oldest < first ? first - oldest : 0;
    }

    private int FromFlash(byte[] buffer, int length, bool isOldest)
    {
        if (!_identity.Read(buffer, 0, length))
        {
            return 0;
        }

        _from = FromJournal;
        _bootId = _identity.BootId;
        _sequence = _identity.Sequence;
        _words.WillSend(_bootId, _sequence);
        bool own = _bootId == _parts.BootId;
        uint backlog = isOldest ? 0 : own ? _identity.First - _held.Oldest(_identity.First) : _held.BacklogOfEarlier(_identity);
        return ReportWriter.StateAnew(buffer, length, backlog, own ? BootTime.Of(_parts.Clock) : 0, true);
    }

    private bool Store()
    {
        int length = _outbox.CopyOldest(_spare, out uint sequence);
        if (length == 0 || !_journal.Append(_spare, length))
        {
            return false;
        }

        if (_identity.Read(_spare, 0, length))
        {
            _held.Stored(_identity.First, sequence);
        }

        _outbox.FreeThrough(sequence);
        _isRead = false;
        return true;
    }

    private void SendAllAgain()
    {
        _outbox.WaitAgain();
        _journal?.Rewind();
        _isRead = false;
        _held.Rewind();
    }

    // What the journal lost is the node's loss.
    private void CountLosses()
    {
        if (_journal == null)
        {
            return;
        }

        _outbox.CountLost(_journal.LostReports - _lostReports, _journal.LostSeconds - _lostSeconds);
        _lostReports = _journal.LostReports;
        _lostSeconds = _journal.LostSeconds;
    }
}
