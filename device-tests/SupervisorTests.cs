using System;
using GatewayAgent.DeviceTests.Fakes;
using GatewayAgent.Survival;
using nanoFramework.TestFramework;

namespace GatewayAgent.DeviceTests;

[TestClass]
public class SupervisorTests
{
    private const int StallMs = 15000;

    private static FakeClock _clock;
    private static FakeThreads _threads;
    private static FakeHealth _health;
    private static FakeStop _stop;
    private static BootFlash _flash;
    private static BootRecord _record;
    private static CountingWatchdog _watchdog;
    private static Supervision _supervision;
    private static Supervisor _supervisor;
    private static int _sampled, _looked;
    private static long _lookAt;
    private static bool _sampleFails;
    private static int _hangsMs;

    [TestMethod]
    public void Threads_that_progress_are_left_alone_and_feed_the_watchdog()
    {
        Start();
        Run(3600);
        Assert.AreEqual(2, _threads.Started.Count);
        Assert.AreEqual(0u, _supervision.TakeThreadRestarts());
        Assert.IsTrue(_watchdog.Feeds > 300);
    }

    [TestMethod]
    public void A_dead_thread_is_started_again_at_the_next_look_and_counted()
    {
        Start();
        Run(10);
        Thread(0).Kill();
        int before = _sampled;
        Run(3);
        Assert.IsTrue(_sampled > before);
        Assert.AreEqual(1u, _supervision.TakeThreadRestarts());
        Assert.AreEqual(0u, _supervision.TakeThreadRestarts());
    }

    [TestMethod]
    public void A_thread_that_hangs_is_ended_and_replaced_within_its_bound()
    {
        Start();
        Run(10);
        Thread(0).Hangs = true;
        int before = _sampled;
        Run((StallMs / 1000) - 1);
        Assert.AreEqual(before, _sampled);
        Run(5);
        Assert.IsTrue(_sampled > before);
        Assert.AreEqual(1, Thread(0).Aborts);
        Assert.IsFalse(Thread(0).IsAlive);
        Assert.AreEqual(1u, _supervision.TakeThreadRestarts());
    }

    [TestMethod]
    public void A_thread_that_does_not_end_is_superseded_and_does_nothing_when_it_wakes()
    {
        Start();
        Run(10);
        Thread(0).Hangs = true;
        Thread(0).Obeys = false;
        Run(20);
        Assert.AreEqual(3, _threads.Started.Count);
        Thread(0).Hangs = false;
        int before = _sampled;
        Run(10);
        Assert.IsFalse(Thread(0).IsAlive);
        Assert.AreEqual(before + 10, _sampled);
    }

    [TestMethod]
    public void A_thread_that_hangs_inside_a_step_is_not_doubled_and_the_device_is_restarted()
    {
        Start();
        Run(10);
        Thread(0).Obeys = false;
        _hangsMs = 2 * Limits.RestartAfterMs;
        _threads.RunDue(_clock.UptimeMs);
        Assert.AreEqual(2, _threads.Started.Count);
        Assert.AreEqual(Supervisor.RebootNow, _looked);
        Boot();
        Assert.AreEqual("sampler without progress: no word of it", _record.LastWords);
        Assert.AreEqual(1u, _record.Restarts);
    }

    [TestMethod]
    public void A_thread_that_came_back_by_itself_is_ended_when_it_hangs_again()
    {
        Start();
        Run(10);
        Thread(0).Obeys = false;
        _hangsMs = 20000;
        _threads.RunDue(_clock.UptimeMs);
        Run(10);
        Assert.AreEqual(2, _threads.Started.Count);
        Thread(0).Obeys = true;
        Thread(0).Hangs = true;
        Run(20);
        Assert.AreEqual(2, Thread(0).Aborts);
        Assert.AreEqual(3, _threads.Started.Count);
    }

    [TestMethod]
    public void A_step_that_always_fails_does_not_feed_the_watchdog_and_ends_in_a_restart()
    {
        Start();
        Run(10);
        _sampleFails = true;
        Run(10);
        int feeds = _watchdog.Feeds;
        Run((Limits.RestartAfterMs / 1000) - 20);
        Assert.AreEqual(feeds, _watchdog.Feeds);
        Assert.AreNotEqual(Supervisor.RebootNow, _looked);
        Run(20);
        Assert.AreEqual(Supervisor.RebootNow, _looked);
        Boot();
        Assert.AreEqual("sampler without progress: InvalidOperationException: no radio", _record.LastWords);
    }

    [TestMethod]
    public void After_the_word_to_restart_no_thread_begins_a_step()
    {
        Start();
        Run(10);
        _supervision.RequestReboot("command");
        _stop.IsReady = true;
        Run(3);
        Assert.AreEqual(Supervisor.RebootNow, _looked);
        int before = _sampled;
        Run(10);
        Assert.AreEqual(before, _sampled);
    }

    [TestMethod]
    public void A_look_that_comes_late_takes_no_thread_for_hung()
    {
        Start();
        Run(10);
        _clock.UptimeMs += 60000;
        Run(10);
        Assert.AreEqual(2, _threads.Started.Count);
        Assert.AreEqual(0, Thread(0).Aborts);
    }

    [TestMethod]
    public void A_planned_restart_waits_for_the_outbox()
    {
        Start();
        Run(10);
        _supervision.RequestReboot("command");
        _supervision.RequestReboot("another");
        Run(60);
        Assert.AreEqual("command", _stop.Reason);
        Assert.AreNotEqual(Supervisor.RebootNow, _looked);
        _stop.IsReady = true;
        Run(3);
        Assert.AreEqual(Supervisor.RebootNow, _looked);
        Boot();
        Assert.AreEqual("command", _record.LastWords);
        Assert.AreEqual(0u, _record.Restarts);
    }

    [TestMethod]
    public void A_planned_restart_does_not_wait_for_ever_and_counts_what_it_may_cost()
    {
        Start();
        _supervision.RequestReboot("command");
        Run((Limits.PlannedStopMs / 1000) - 2);
        Assert.AreNotEqual(Supervisor.RebootNow, _looked);
        Run(5);
        Assert.AreEqual(Supervisor.RebootNow, _looked);
        Boot();
        Assert.AreEqual("command", _record.LastWords);
        Assert.AreEqual(1u, _record.Restarts);
        Assert.IsFalse(_record.IsSafeMode);
    }

    [TestMethod]
    public void Low_native_heap_ends_in_a_planned_restart_after_six_hours()
    {
        Start();
        Run(6 * 3600);
        _health.NativeFreeKib = Limits.NativeFloorKib - 1;
        Run(4 * 60);
        Assert.IsNull(_stop.Reason);
        Run(2 * 60);
        Assert.AreEqual("heap low: native 39, managed 60 KiB free", _stop.Reason);
    }

    [TestMethod]
    public void Low_managed_heap_ends_in_a_planned_restart_too()
    {
        Start();
        Run(6 * 3600);
        _health.ManagedFreeKib = Limits.ManagedFloorKib - 1;
        Run(6 * 60);
        Assert.AreEqual("heap low: native 110, managed 7 KiB free", _stop.Reason);
    }

    [TestMethod]
    public void A_heap_that_is_low_for_a_moment_or_unknown_restarts_nobody()
    {
        Start();
        _health.ManagedFreeKib = -1;
        _health.NativeFreeKib = -1;
        Run(6 * 3600);
        for (int i = 0; i < 20; i++)
        {
            _health.NativeFreeKib = i % 5 == 0 ? Limits.NativeFloorKib : Limits.NativeFloorKib - 1;
            Run(60);
        }

        Assert.IsNull(_stop.Reason);
    }

    [TestMethod]
    public void A_board_that_is_always_low_is_told_and_not_restarted_before_six_hours()
    {
        Start();
        _health.NativeFreeKib = 10;
        Run((6 * 3600) - 60);
        Assert.IsNull(_stop.Reason);
        Assert.AreEqual(3, _flash.Writes);
        Run(180);
        Assert.AreEqual("heap low: native 10, managed 60 KiB free", _stop.Reason);
    }

    [TestMethod]
    public void Safe_mode_ends_after_an_hour_in_a_normal_try()
    {
        _flash = new BootFlash();
        for (int i = 0; i < 4; i++)
        {
            _record = new BootRecord(_flash);
            _record.Begin(4, 300, new Random(1));
        }

        Assert.IsTrue(_record.IsSafeMode);
        Supervise();
        Run(3590);
        Assert.AreNotEqual(Supervisor.RebootNow, _looked);
        _stop.IsReady = true;
        Run(20);
        Assert.AreEqual(Supervisor.RebootNow, _looked);
        Boot();
        Assert.IsFalse(_record.IsSafeMode);
        Assert.AreEqual("end of safe mode", _record.LastWords);
    }

    private static FakeThread Thread(int index) => (FakeThread)_threads.Started[index];

    private static void Start()
    {
        _flash = new BootFlash();
        _record = new BootRecord(_flash);
        _record.Begin(1, 300, new Random(1));
        Supervise();
    }

    private static void Supervise()
    {
        _clock = new FakeClock();
        _threads = new FakeThreads();
        _health = new FakeHealth();
        _stop = new FakeStop();
        _watchdog = new CountingWatchdog();
        _supervision = new Supervision();
        _sampled = 0;
        _looked = 0;
        _lookAt = 0;
        _sampleFails = false;
        _hangsMs = 0;
        Worker[] workers = new Worker[]
        {
            new Worker("sampler", Sample, _clock, StallMs, true),
            new Worker("uplink", Send, _clock, 150000, true),
        };
        _supervisor = new Supervisor(workers, _threads, _watchdog, _clock, _record, new HeapWatch(_health), _supervision, _stop);
        Look();
    }

    // The next boot of the same node.
    private static void Boot()
    {
        _record = new BootRecord(_flash);
        _record.Begin(3, 300, new Random(1));
    }

    private static void Run(int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            _threads.RunDue(_clock.UptimeMs);
            _clock.UptimeMs += 1000;
            if (_looked != Supervisor.RebootNow && _clock.UptimeMs >= _lookAt)
            {
                Look();
            }
        }
    }

    private static void Look()
    {
        _looked = _supervisor.Look();
        _lookAt = _clock.UptimeMs + _looked;
    }

    private static int Sample(long now)
    {
        if (_sampleFails)
        {
            throw new InvalidOperationException("no radio");
        }

        if (_hangsMs > 0)
        {
            Hang();
        }

        _sampled++;
        return 1000;
    }

    // What the others do while this step hangs: the supervisor looks, the uplink works.
    private static void Hang()
    {
        FakeThread uplink = Thread(1);
        long end = _clock.UptimeMs + _hangsMs;
        _hangsMs = 0;
        while (_looked != Supervisor.RebootNow && _clock.UptimeMs < end)
        {
            uplink.RunIfDue(_clock.UptimeMs);
            _clock.UptimeMs += _looked;
            Look();
        }
    }

    private static int Send(long now) => 1000;
}
