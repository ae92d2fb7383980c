using System;
using GatewayAgent.Ports;

namespace GatewayAgent.Survival;

/// <summary>
/// What a node knows of its boots: one file of 86 bytes, replaced as a whole. Works without flash, and starts anew when the file can not be
/// read; then it forgets, and says so.
///
/// Wear: a boot writes it once at its start, once when it has settled, and once at a planned end; beside that when a thread failed, at most
/// every ten minutes. Two boots a day for ten years are 22,000 writes, which littlefs spreads over its blocks of 100,000 each.
/// </summary>
public sealed class BootRecord
{
    public const string FileName = "boot";

    private readonly IFlash _flash;
    private readonly object _gate = new object();
    private readonly BootState _state = new BootState();
    private long _nextWords;
    private bool _wordsWait;

    /// <param name="flash">Null: nothing outlives the boot.</param>
    public BootRecord(IFlash flash)
    {
        _flash = flash;
        LastWords = string.Empty;
    }

    /// <summary>Number of this boot; differs from boot to boot of a node; never 0.</summary>
    public uint BootId { get; private set; }

    /// <summary>Boots in the node's life, this one included.</summary>
    public uint Boots => _state.Boots;

    /// <summary>Boots that ended without warning, in the node's life.</summary>
    public uint Restarts => _state.Restarts;

    /// <summary>Seconds that may have been lost with them.</summary>
    public uint RestartSeconds => _state.RestartSeconds;

    /// <summary>What is known of the end of the last boot: ASCII, at most <see cref="Limits.LastWordsChars"/>.</summary>
    public string LastWords { get; private set; }

    /// <summary>After three quick crashes: nothing but the uplink and commands.</summary>
    public bool IsSafeMode => _state.IsSafeMode;

    /// <summary>Judges how the last boot ended and begins a new one. Once, before anything that could crash.</summary>
    /// <param name="resetCause"><c>ResetCause</c> of agent.proto; 0 = unknown.</param>
    /// <param name="windowSeconds">As for <see cref="SetWindow"/>.</param>
    /// <param name="random">For the lower half of the boot's number, so that it does not repeat when the flash was wiped or fails.</param>
    public void Begin(int resetCause, int windowSeconds, Random random)
    {
        byte[] file = new byte[BootState.Bytes];
        int length = _flash == null ? -1 : _flash.Read(FileName, 0, file, file.Length);
        if (length >= 0 && !_state.Decode(file, length))
        {
            LastWords = "boot record unreadable, counted anew";
        }
        else if (_state.Boots != 0)
        {
            JudgeLastEnd(resetCause);
        }

        _state.Boots++;
        _state.IsSafeMode = _state.Points >= CrashPolicy.SafeMode;
        _state.End = BootState.NoMark;
        _state.HasSettled = false;
        _state.WindowSeconds = windowSeconds;
        _state.Words = string.Empty;
        BootId = (_flash == null ? 0 : _state.Boots << 16) | (uint)(1 + random.Next(0xFFFF));
        Save();
    }

    /// <summary>Sets what an end without warning can cost from now on: the length of the open window, seconds. Writes when it differs.</summary>
    public void SetWindow(int seconds)
    {
        lock (_gate)
        {
            if (_state.WindowSeconds != seconds)
            {
                _state.WindowSeconds = seconds;
                Save();
            }
        }
    }

    /// <summary>Lets time pass: notes that the boot has settled, and writes words that had to wait.</summary>
    /// <param name="uptime">Milliseconds since the start. Also for <see cref="Note"/>.</param>
    public void Tick(long uptime)
    {
        lock (_gate)
        {
            bool settles = !_state.HasSettled && uptime >= Limits.SettleMs;
            if (settles)
            {
                _state.HasSettled = true;
                _state.Points = IsSafeMode ? CrashPolicy.AfterSafeMode : 0;
            }

            bool mayWrite = _wordsWait && uptime >= _nextWords;
            if (mayWrite)
            {
                _nextWords = uptime + Limits.WordsPeriodMs;
                _wordsWait = false;
            }

            if (settles || mayWrite)
            {
                Save();
            }
        }
    }

    /// <summary>Notes a fault, as what is known should the boot end now. The newest stays.</summary>
    public void Note(string words, long uptime)
    {
        lock (_gate)
        {
            _state.Words = words;
            _wordsWait = true;
        }

        Tick(uptime);
    }

    /// <summary>The boot ends by itself, of a fault: no clean mark.</summary>
    public void Fail(string words)
    {
        lock (_gate)
        {
            _state.Words = words;
            Save();
        }
    }

    /// <summary>The boot ends as planned.</summary>
    /// <param name="isSafe">False: what was in RAM may be lost, which is counted as for an end without warning.</param>
    public void End(string reason, bool isSafe)
    {
        lock (_gate)
        {
            _state.Words = reason;
            _state.End = isSafe ? BootState.Clean : BootState.Planned;
            Save();
        }
    }

    private void JudgeLastEnd(int resetCause)
    {
        bool leftWords = _state.Words.Length > 0;
        LastWords = leftWords ? _state.Words : "ended without a word, reset cause " + resetCause.ToString();
        if (_state.End == BootState.Clean)
        {
            return;
        }

        _state.Restarts++;

        // In safe mode nothing is sampled.
        if (!_state.IsSafeMode)
        {
            _state.RestartSeconds += (uint)_state.WindowSeconds + Limits.UnsafeSeconds;
        }

        if (_state.End == BootState.NoMark && !_state.HasSettled)
        {
            int points = _state.Points + CrashPolicy.PointsOf(resetCause, leftWords);
            _state.Points = points < CrashPolicy.SafeMode ? points : CrashPolicy.SafeMode;
        }
    }

    // A flash that fails leaves a node that works, and forgets.
    private void Save()
    {
        if (_flash == null)
        {
            return;
        }

        byte[] file = new byte[BootState.Bytes];
        _state.Encode(file);
        if (!_flash.Replace(FileName, file, file.Length))
        {
            Console.WriteLine("boot record: not written");
        }
    }
}
