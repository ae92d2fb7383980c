using System;
using GatewayAgent.Reporting;

namespace GatewayAgent.Uplink;

/// <summary>
/// Reports that wait for an acknowledgement, oldest first, in one ring of bytes. A report leaves it when it is acknowledged, or when a newer
/// one needs its room, and then it is counted.
///
/// <code>
///   Waiting ──MarkSent──► Sent ──MarkAcknowledged──► AtBroker ──FreeThrough──► gone
///      ▲                   │                            │
///      └── MarkFailed ─────┴──── ResendAll, ack overdue ┘
/// </code>
/// The sampling thread adds, the uplink thread does the rest; every method takes the lock for a copy of at most one report.
/// </summary>
public sealed class Outbox
{
    private const byte Waiting = 0, Sent = 1, AtBroker = 2;

    private readonly object _gate = new object();
    private readonly Assurance _assurance;
    private readonly byte[] _bytes = new byte[Limits.OutboxBytes];

    // Entry of the i-th oldest report: (_first + i) % OutboxReports.
    private readonly int[] _start = new int[Limits.OutboxReports];
    private readonly int[] _length = new int[Limits.OutboxReports];
    private readonly uint[] _sequence = new uint[Limits.OutboxReports];
    private readonly uint[] _span = new uint[Limits.OutboxReports];
    private readonly byte[] _state = new byte[Limits.OutboxReports];
    private readonly byte[] _sends = new byte[Limits.OutboxReports];
    private readonly int[] _packetId = new int[Limits.OutboxReports];
    private readonly long[] _sentAt = new long[Limits.OutboxReports];
    private readonly bool[] _wasAtBroker = new bool[Limits.OutboxReports];
    private int _first;
    private int _count;
    private int _used;
    private uint _lostReports, _lostSeconds, _unconfirmed;

    public Outbox(Assurance assurance)
    {
        _assurance = assurance;
    }

    /// <summary>Reports in it.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>Reports that are neither with the broker nor on their way to it.</summary>
    public int WaitingCount => CountIn(Waiting);

    /// <summary>Reports handed to MQTT that the broker has not acknowledged.</summary>
    public int SentCount => CountIn(Sent);

    /// <summary>Drops the oldest reports until one of this size has room, and counts them.</summary>
    public void MakeRoom(int length)
    {
        lock (_gate)
        {
            while (_count == Limits.OutboxReports || _used + length > Limits.OutboxBytes)
            {
                DropOldest();
            }
        }
    }

    /// <summary>Takes a copy of a report; makes room by dropping the oldest when there is none.</summary>
    /// <param name="report">At most <see cref="Limits.ReportBytes"/>.</param>
    /// <param name="sequence">Higher than any before.</param>
    /// <param name="spanSeconds">What is lost if it has to go.</param>
    public void Add(byte[] report, int length, uint sequence, uint spanSeconds)
    {
        lock (_gate)
        {
            MakeRoom(length);
            int entry = Entry(_count);
            int start = _count == 0 ? 0 : (_start[Entry(_count - 1)] + _length[Entry(_count - 1)]) % Limits.OutboxBytes;
            CopyIn(report, length, start);
            _start[entry] = start;
            _length[entry] = length;
            _sequence[entry] = sequence;
            _span[entry] = spanSeconds;
            _state[entry] = Waiting;
            _sends[entry] = 0;
            _packetId[entry] = -1;
            _wasAtBroker[entry] = false;
            _used += length;
            _count++;
        }
    }

    /// <summary>Counts a report that could not even be written.</summary>
    public void CountLost(uint spanSeconds)
    {
        lock (_gate)
        {
            _lostReports++;
            _lostSeconds += spanSeconds;
        }
    }

    /// <summary>How far the oldest report in it is behind a sequence; 0 when it is empty.</summary>
    public uint BacklogBefore(uint sequence)
    {
        lock (_gate)
        {
            return _count == 0 ? 0 : sequence - _sequence[_first];
        }
    }

    public void CopyLosses(Losses losses)
    {
        lock (_gate)
        {
            losses.Reports = _lostReports;
            losses.ReportSeconds = _lostSeconds;
            losses.Unconfirmed = _unconfirmed;
        }
    }

    /// <summary>
    /// The oldest report to send now: one that waits, or one that the broker has had for so long without the collector's word that it goes
    /// again.
    /// </summary>
    /// <returns>Its sequence, or 0 when there is none.</returns>
    public uint NextToSend(long now)
    {
        lock (_gate)
        {
            for (int i = 0; i < _count; i++)
            {
                int entry = Entry(i);
                if (_state[entry] == Waiting || IsOverdue(entry, now))
                {
                    return _sequence[entry];
                }
            }

            return 0;
        }
    }

    /// <summary>Copies a report as it is to be sent: with its backlog, and marked as replayed when it was sent before.</summary>
    /// <param name="buffer">Of <see cref="Limits.ReportBytes"/>, in which that always has room.</param>
    /// <returns>Its length, 0 when it is gone.</returns>
    public int CopyToSend(uint sequence, byte[] buffer)
    {
        lock (_gate)
        {
            int entry = Find(sequence);
            if (entry < 0)
            {
                return 0;
            }

            CopyOut(entry, buffer);
            return ReportWriter.StateAnew(buffer, _length[entry], sequence - _sequence[_first], 0, _sends[entry] != 0);
        }
    }

    /// <summary>The report is on its way under this packet identifier.</summary>
    public void MarkSent(uint sequence, int packetId, long now)
    {
        lock (_gate)
        {
            int entry = Find(sequence);
            if (entry < 0)
            {
                return;
            }

            _state[entry] = Sent;
            _packetId[entry] = packetId;
            _sentAt[entry] = now;
            if (_sends[entry] < byte.MaxValue)
            {
                _sends[entry]++;
            }
        }
    }

    /// <summary>The broker has acknowledged a packet.</summary>
    /// <returns>Milliseconds since it was sent, or −1 when no report is on its way under this identifier.</returns>
    public int MarkAcknowledged(int packetId, long now)
    {
        lock (_gate)
        {
            int entry = FindSent(packetId);
            if (entry < 0)
            {
                return -1;
            }

            _state[entry] = AtBroker;
            _wasAtBroker[entry] = true;
            int roundTrip = (int)(now - _sentAt[entry]);
            _sentAt[entry] = now;
            if (_assurance == Assurance.Broker)
            {
                FreeAcknowledged();
            }

            return roundTrip;
        }
    }

    /// <summary>The client has given up on a packet: its report waits again.</summary>
    /// <returns>False when no report is on its way under this identifier.</returns>
    public bool MarkFailed(int packetId)
    {
        lock (_gate)
        {
            int entry = FindSent(packetId);
            if (entry < 0)
            {
                return false;
            }

            _state[entry] = Waiting;
            return true;
        }
    }

    /// <summary>Lets reports wait again that have been on their way for longer than a client takes to give up.</summary>
    /// <returns>How many.</returns>
    public int FailOverdue(long now)
    {
        lock (_gate)
        {
            int overdue = 0;
            for (int i = 0; i < _count; i++)
            {
                int entry = Entry(i);
                if (_state[entry] == Sent && now - _sentAt[entry] >= Limits.PublishTimeoutMs)
                {
                    _state[entry] = Waiting;
                    overdue++;
                }
            }

            return overdue;
        }
    }

    /// <summary>After a reconnect everything waits again: the broker may have lost its memory.</summary>
    public void ResendAll()
    {
        lock (_gate)
        {
            for (int i = 0; i < _count; i++)
            {
                _state[Entry(i)] = Waiting;
            }
        }
    }

    /// <summary>Frees every report up to and including a sequence: the collector has stored them.</summary>
    public void FreeThrough(uint sequence)
    {
        lock (_gate)
        {
            while (_count > 0 && _sequence[_first] <= sequence)
            {
                RemoveOldest();
            }
        }
    }

    private int CountIn(byte state)
    {
        lock (_gate)
        {
            int found = 0;
            for (int i = 0; i < _count; i++)
            {
                if (_state[Entry(i)] == state)
                {
                    found++;
                }
            }

            return found;
        }
    }

    private int Entry(int age) => (_first + age) % Limits.OutboxReports;

    private int Find(uint sequence)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_sequence[Entry(i)] == sequence)
            {
                return Entry(i);
            }
        }

        return -1;
    }

    private int FindSent(int packetId)
    {
        for (int i = 0; i < _count; i++)
        {
            int entry = Entry(i);
            if (_state[entry] == Sent && _packetId[entry] == packetId)
            {
                return entry;
            }
        }

        return -1;
    }

    // The pause doubles with each send, so that a collector that is down does not double the traffic.
    private bool IsOverdue(int entry, long now)
    {
        if (_state[entry] != AtBroker || _assurance == Assurance.Broker)
        {
            return false;
        }

        int doublings = _sends[entry] - 1 < Limits.AckTimeoutDoublings ? _sends[entry] - 1 : Limits.AckTimeoutDoublings;
        return now - _sentAt[entry] >= (long)Limits.AckTimeoutMs << doublings;
    }

    private void CopyIn(byte[] report, int length, int start)
    {
        int head = Limits.OutboxBytes - start;
        if (length <= head)
        {
            Array.Copy(report, 0, _bytes, start, length);
            return;
        }

        Array.Copy(report, 0, _bytes, start, head);
        Array.Copy(report, head, _bytes, 0, length - head);
    }

    private void CopyOut(int entry, byte[] report)
    {
        int start = _start[entry], length = _length[entry];
        int head = Limits.OutboxBytes - start;
        if (length <= head)
        {
            Array.Copy(_bytes, start, report, 0, length);
            return;
        }

        Array.Copy(_bytes, start, report, 0, head);
        Array.Copy(_bytes, 0, report, head, length - head);
    }

    // Reports are sent in order, so the oldest is also the one that the broker has soonest: dropping it drops first what is not lost.
    private void DropOldest()
    {
        if (!_wasAtBroker[_first])
        {
            _lostReports++;
            _lostSeconds += _span[_first];
        }
        else if (_assurance == Assurance.Collector)
        {
            _unconfirmed++;
        }

        RemoveOldest();
    }

    private void FreeAcknowledged()
    {
        while (_count > 0 && _state[_first] == AtBroker)
        {
            RemoveOldest();
        }
    }

    private void RemoveOldest()
    {
        _used -= _length[_first];
        _first = Entry(1);
        _count--;
    }
}
