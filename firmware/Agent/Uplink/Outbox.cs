using System;
using GatewayAgent.Merging;
using GatewayAgent.Reporting;

namespace GatewayAgent.Uplink;

/// <summary>
/// Reports in RAM that wait for an acknowledgement, oldest first, in one ring of bytes. A report leaves it when it is acknowledged, when the
/// journal on flash has it, merged with its neighbour, or, at the very last, when a newer one needs its room; then it is counted.
///
/// <code>
///   Waiting ──MarkSent──► Sent ──MarkAtBroker──► AtBroker ──FreeThrough──► gone
///      ▲                   │                        │
///      └──── MarkWaiting ──┴───────── WaitAgain ────┘
/// </code>
/// The sampling thread adds, the uplink thread does the rest; every method takes the lock for a copy of at most one report.
/// </summary>
public sealed class Outbox
{
    private const byte Waiting = 0, Sent = 1, AtBroker = 2;

    private readonly object _gate = new object();
    private readonly byte[] _bytes = new byte[Limits.OutboxBytes];

    // Entry of the i-th oldest report: (_head + i) % OutboxReports.
    private readonly int[] _start = new int[Limits.OutboxReports];
    private readonly int[] _length = new int[Limits.OutboxReports];
    private readonly uint[] _first = new uint[Limits.OutboxReports];
    private readonly uint[] _sequence = new uint[Limits.OutboxReports];
    private readonly uint[] _span = new uint[Limits.OutboxReports];
    private readonly byte[] _state = new byte[Limits.OutboxReports];
    private readonly bool[] _wasSent = new bool[Limits.OutboxReports];
    private readonly bool[] _wasAtBroker = new bool[Limits.OutboxReports];
    private int _head;
    private int _count;
    private int _used;
    private uint _lostReports, _lostSeconds, _unconfirmed;

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

    /// <summary>Reports handed to MQTT that the broker has not acknowledged; one at a time.</summary>
    public int SentCount => CountIn(Sent);

    /// <summary>More than three quarters full: time to make room, before the sampler has to.</summary>
    public bool IsTight
    {
        get
        {
            lock (_gate)
            {
                return _used > Limits.OutboxBytes / 4 * 3 || _count > Limits.OutboxReports / 4 * 3;
            }
        }
    }

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
    /// <param name="sequence">One more than the one before.</param>
    /// <param name="spanSeconds">What is lost if it has to go: 0 for the further parts of a window.</param>
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
            _first[entry] = sequence;
            _sequence[entry] = sequence;
            _span[entry] = spanSeconds;
            _state[entry] = Waiting;
            _wasSent[entry] = false;
            _wasAtBroker[entry] = false;
            _used += length;
            _count++;
        }
    }

    /// <summary>Counts reports that were lost elsewhere: not written, or damaged on flash.</summary>
    public void CountLost(uint reports, uint seconds)
    {
        lock (_gate)
        {
            _lostReports += reports;
            _lostSeconds += seconds;
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

    /// <summary>The oldest that waits, of those above a sequence.</summary>
    /// <returns>Its sequence, or 0 when there is none.</returns>
    public uint NextWaiting(uint above)
    {
        lock (_gate)
        {
            for (int i = 0; i < _count; i++)
            {
                int entry = Entry(i);
                if (_state[entry] == Waiting && _sequence[entry] > above)
                {
                    return _sequence[entry];
                }
            }

            return 0;
        }
    }

    /// <summary>First sequence of the oldest report in it, 0 when it is empty.</summary>
    public uint OldestFirst
    {
        get
        {
            lock (_gate)
            {
                return _count == 0 ? 0 : _first[_head];
            }
        }
    }

    /// <summary>Copies a report.</summary>
    /// <param name="buffer">Of <see cref="Limits.ReportBytes"/>.</param>
    /// <param name="first">First sequence of its range.</param>
    /// <param name="wasSent">It was handed to MQTT before.</param>
    /// <returns>Its length, 0 when it is gone.</returns>
    public int Copy(uint sequence, byte[] buffer, out uint first, out bool wasSent)
    {
        lock (_gate)
        {
            int entry = Find(sequence);
            first = entry < 0 ? 0 : _first[entry];
            wasSent = entry >= 0 && _wasSent[entry];
            if (entry < 0)
            {
                return 0;
            }

            CopyOut(entry, buffer);
            return _length[entry];
        }
    }

    /// <summary>Copies the oldest report.</summary>
    /// <returns>Its length, 0 when there is none.</returns>
    public int CopyOldest(byte[] buffer, out uint sequence)
    {
        lock (_gate)
        {
            sequence = _count == 0 ? 0 : _sequence[_head];
            return _count == 0 ? 0 : Copy(sequence, buffer, out _, out _);
        }
    }

    /// <summary>The report is on its way.</summary>
    public void MarkSent(uint sequence)
    {
        lock (_gate)
        {
            int entry = Find(sequence);
            if (entry >= 0)
            {
                _state[entry] = Sent;
                _wasSent[entry] = true;
            }
        }
    }

    /// <summary>The broker has acknowledged it.</summary>
    public void MarkAtBroker(uint sequence)
    {
        lock (_gate)
        {
            int entry = Find(sequence);
            if (entry >= 0)
            {
                _state[entry] = AtBroker;
                _wasAtBroker[entry] = true;
            }
        }
    }

    /// <summary>The client has given up on it: it waits again.</summary>
    public void MarkWaiting(uint sequence)
    {
        lock (_gate)
        {
            int entry = Find(sequence);
            if (entry >= 0)
            {
                _state[entry] = Waiting;
            }
        }
    }

    /// <summary>Everything waits again: the broker may have lost its memory, or the collector has.</summary>
    public void WaitAgain()
    {
        lock (_gate)
        {
            for (int i = 0; i < _count; i++)
            {
                _state[Entry(i)] = Waiting;
            }
        }
    }

    /// <summary>Frees every report up to and including a sequence.</summary>
    /// <returns>How many.</returns>
    public int FreeThrough(uint sequence)
    {
        lock (_gate)
        {
            int freed = 0;
            for (; _count > 0 && _sequence[_head] <= sequence; freed++)
            {
                RemoveOldest();
            }

            return freed;
        }
    }

    /// <summary>Frees the oldest reports as far as the broker has acknowledged them.</summary>
    public void FreeAtBroker()
    {
        lock (_gate)
        {
            while (_count > 0 && _state[_head] == AtBroker)
            {
                RemoveOldest();
            }
        }
    }

    /// <summary>
    /// Makes room where there is no flash: the oldest goes when the broker has it, and is counted; otherwise the oldest adjacent pair of
    /// windows of the shortest span, with their further parts, merges into one of twice the span.
    /// </summary>
    /// <param name="merger">Does the sum, outside the lock.</param>
    /// <param name="buffer">Of <see cref="Limits.ReportBytes"/>.</param>
    /// <returns>False when nothing could be done.</returns>
    public bool Condense(ReportMerger merger, byte[] buffer)
    {
        lock (_gate)
        {
            if (_count > 0 && _state[_head] == AtBroker)
            {
                DropOldest();
                return true;
            }
        }

        // A pair that does not merge leaves the next to be tried.
        for (uint older = ShortestPair(0, out uint newer); older != 0; older = ShortestPair(older, out newer))
        {
            if (Merge(older, newer, merger, buffer))
            {
                return true;
            }
        }

        return false;
    }

    private bool Merge(uint older, uint newer, ReportMerger merger, byte[] buffer)
    {
        merger.Begin();
        for (uint sequence = older; sequence != 0; sequence = sequence == newer ? 0 : Behind(sequence))
        {
            int length = Copy(sequence, buffer, out _, out _);
            if (length == 0 || !merger.TryAdd(buffer, 0, length))
            {
                return false;
            }
        }

        if (!merger.Write())
        {
            return false;
        }

        int parts = 1, bytes = merger.Length;
        for (; merger.HasMore && merger.WriteNext(); parts++)
        {
            bytes += merger.Length;
        }

        return merger.Write() && Replace(older, newer, merger, parts, bytes);
    }

    // Neighbours in the ring of bytes become one window: it stands where their bytes end, so that the ring stays whole.
    private bool Replace(uint older, uint newer, ReportMerger merger, int parts, int bytes)
    {
        lock (_gate)
        {
            int a = Place(older), b = Place(newer);
            if (a < 0 || b - a + 1 < parts || !Sum(a, b, bytes, out int both))
            {
                return false;
            }

            uint first = _first[Entry(a)], last = _sequence[Entry(b)], span = _span[Entry(b)];
            int start = (_start[Entry(a)] + both - bytes) % Limits.OutboxBytes;
            for (int i = 0; i < parts; i++)
            {
                int into = Entry(b - parts + 1 + i);
                _sequence[into] = last - (uint)(parts - 1 - i);
                _first[into] = i == 0 ? first : _sequence[into];
                _span[into] = i == 0 ? span : 0;
                _state[into] = Waiting;
                _wasSent[into] = _wasSent[Entry(b)];
                _wasAtBroker[into] = _wasAtBroker[Entry(b)];
                _start[into] = start;
                _length[into] = merger.Length;
                CopyIn(merger.Buffer, merger.Length, start);
                start = (start + merger.Length) % Limits.OutboxBytes;
                if (merger.HasMore)
                {
                    merger.WriteNext();
                }
            }

            CloseGap(a, b - a + 1 - parts);
            _used -= both - bytes;
            return true;
        }
    }

    // What entries are together: noted in the last of them.
    private bool Sum(int from, int to, int most, out int bytes)
    {
        int last = Entry(to);
        bytes = _length[last];
        for (int place = from; place < to; place++)
        {
            bytes += _length[Entry(place)];
        }

        if (bytes < most)
        {
            return false;
        }

        for (int place = from; place < to; place++)
        {
            int entry = Entry(place);
            _span[last] += _span[entry];
            _wasSent[last] |= _wasSent[entry];
            _wasAtBroker[last] &= _wasAtBroker[entry];
        }

        return true;
    }

    // Entries before a place move up; the bytes of the older ones move with them.
    private void CloseGap(int place, int by)
    {
        for (int i = place - 1; i >= 0; i--)
        {
            int to = Entry(i + by), from = Entry(i), next = Entry(i + by + 1);
            MoveBytes(from, (_start[next] + Limits.OutboxBytes - _length[from]) % Limits.OutboxBytes);
            _start[to] = _start[from];
            _length[to] = _length[from];
            _first[to] = _first[from];
            _sequence[to] = _sequence[from];
            _span[to] = _span[from];
            _state[to] = _state[from];
            _wasSent[to] = _wasSent[from];
            _wasAtBroker[to] = _wasAtBroker[from];
        }

        _head = Entry(by);
        _count -= by;
    }

    // Towards the end of the ring, so from the last byte on.
    private void MoveBytes(int entry, int start)
    {
        int from = _start[entry];
        for (int i = _length[entry] - 1; i >= 0; i--)
        {
            _bytes[(start + i) % Limits.OutboxBytes] = _bytes[(from + i) % Limits.OutboxBytes];
        }

        _start[entry] = start;
    }

    // The oldest of the adjacent pairs of windows with the shortest span that starts above a sequence; none that is under way.
    private uint ShortestPair(uint above, out uint newer)
    {
        lock (_gate)
        {
            uint best = uint.MaxValue, older = 0;
            newer = 0;
            for (int a = 0; a < _count; a = EndOfWindow(a))
            {
                int b = EndOfWindow(a), end = EndOfWindow(b);
                uint span = b < _count ? _span[Entry(a)] + _span[Entry(b)] : uint.MaxValue;
                if (_sequence[Entry(a)] > above && span < best && _span[Entry(a)] != 0 && !IsUnderWay(a, end))
                {
                    best = span;
                    older = _sequence[Entry(a)];
                    newer = _sequence[Entry(end - 1)];
                }
            }

            return older;
        }
    }

    // The place behind the further parts of the window that begins at a place: those have no span of their own.
    private int EndOfWindow(int place)
    {
        do
        {
            place++;
        }
        while (place < _count && _span[Entry(place)] == 0);
        return place < _count ? place : _count;
    }

    private bool IsUnderWay(int from, int end)
    {
        for (int place = from; place < end; place++)
        {
            if (_state[Entry(place)] == Sent)
            {
                return true;
            }
        }

        return false;
    }

    private uint Behind(uint sequence)
    {
        lock (_gate)
        {
            int place = Place(sequence);
            return place < 0 || place + 1 >= _count ? 0 : _sequence[Entry(place + 1)];
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

    private int Entry(int age) => (_head + age) % Limits.OutboxReports;

    private int Place(uint sequence)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_sequence[Entry(i)] == sequence)
            {
                return i;
            }
        }

        return -1;
    }

    private int Find(uint sequence)
    {
        int place = Place(sequence);
        return place < 0 ? -1 : Entry(place);
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

    private void DropOldest()
    {
        if (_wasAtBroker[_head])
        {
            _unconfirmed += _sequence[_head] - _first[_head] + 1;
        }
        else
        {
            _lostReports += _sequence[_head] - _first[_head] + 1;
            _lostSeconds += _span[_head];
        }

        RemoveOldest();
    }

    private void RemoveOldest()
    {
        _used -= _length[_head];
        _head = Entry(1);
        _count--;
    }
}
