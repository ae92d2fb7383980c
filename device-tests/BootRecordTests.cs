using System;
using GatewayAgent.DeviceTests.Fakes;
using GatewayAgent.Survival;
using nanoFramework.TestFramework;

namespace GatewayAgent.DeviceTests;

[TestClass]
public class BootRecordTests
{
    private const int Unknown = 0, PowerOn = 1, Software = 3, Panic = 4, OtherWatchdog = 7, BrownOut = 9;
    private const int Window = 300;

    private static BootFlash _flash;
    private static BootRecord _record;

    [TestMethod]
    public void The_first_boot_has_nothing_to_tell()
    {
        NewNode();
        Boot(PowerOn);
        Assert.AreEqual(1u, _record.Boots);
        Assert.AreEqual(0u, _record.Restarts);
        Assert.AreEqual(string.Empty, _record.LastWords);
        Assert.IsFalse(_record.IsSafeMode);
        Assert.AreEqual(1u, _record.BootId >> 16);
        Assert.AreNotEqual(0u, _record.BootId & 0xFFFF);
    }

    [TestMethod]
    public void A_planned_end_is_no_restart_and_leaves_its_reason()
    {
        NewNode();
        Boot(PowerOn);
        _record.End("command", true);
        Boot(Software);
        Assert.AreEqual(2u, _record.Boots);
        Assert.AreEqual(0u, _record.Restarts);
        Assert.AreEqual("command", _record.LastWords);
    }

    [TestMethod]
    public void An_end_without_a_mark_counts_with_the_window_then_in_force_and_a_minute()
    {
        NewNode();
        Boot(PowerOn);
        _record.SetWindow(3600);
        Boot(PowerOn);
        Assert.AreEqual(1u, _record.Restarts);
        Assert.AreEqual(3660u, _record.RestartSeconds);
        Assert.AreEqual("ended without a word, reset cause 1", _record.LastWords);
        Boot(PowerOn);
        Assert.AreEqual(2u, _record.Restarts);
        Assert.AreEqual(3660u + 360u, _record.RestartSeconds);
    }

    [TestMethod]
    public void A_planned_end_that_was_not_safe_counts_as_a_restart_but_is_no_crash()
    {
        NewNode();
        for (int i = 0; i < 4; i++)
        {
            Boot(Software);
            _record.End("heap low", false);
        }

        Boot(Software);
        Assert.AreEqual(4u, _record.Restarts);
        Assert.IsFalse(_record.IsSafeMode);
    }

    [TestMethod]
    public void Words_are_ascii_and_cut()
    {
        NewNode();
        Boot(PowerOn);
        string words = "sampler: \u00FC\n";
        for (int i = 0; i < 100; i++)
        {
            words += "x";
        }

        _record.Fail(words);
        Boot(Software);
        Assert.AreEqual(Limits.LastWordsChars, _record.LastWords.Length);
        Assert.AreEqual("sampler: ??x", _record.LastWords.Substring(0, 12));
    }

    [TestMethod]
    public void A_damaged_file_is_survived_and_told_at_every_byte()
    {
        NewNode();
        Boot(PowerOn);
        byte[] good = _flash.Content;
        for (int at = 0; at < good.Length; at++)
        {
            byte[] bad = new byte[good.Length];
            Array.Copy(good, bad, good.Length);
            bad[at] ^= 0x10;
            _flash.Content = bad;
            Boot(PowerOn);
            Assert.AreEqual(1u, _record.Boots);
            Assert.AreEqual("boot record unreadable, counted anew", _record.LastWords);
        }
    }

    [TestMethod]
    public void A_file_of_another_length_is_survived()
    {
        NewNode();
        Boot(PowerOn);
        byte[] good = _flash.Content;
        for (int length = 0; length < good.Length; length++)
        {
            _flash.Content = new byte[length];
            Array.Copy(good, _flash.Content, length);
            Boot(PowerOn);
            Assert.AreEqual(1u, _record.Boots);
            Assert.AreNotEqual(0u, _record.BootId);
        }
    }

    [TestMethod]
    public void Without_flash_a_boot_has_a_number_all_the_same()
    {
        _record = new BootRecord(null);
        _record.Begin(Unknown, Window, new Random(1));
        _record.Note("x", 0);
        _record.End("x", true);
        Assert.AreNotEqual(0u, _record.BootId);
    }

    [TestMethod]
    public void A_flash_that_fails_is_survived()
    {
        NewNode();
        _flash.Fails = true;
        Boot(Unknown);
        Assert.AreNotEqual(0u, _record.BootId);
        _record.End("x", true);
        _flash.Fails = false;
        Boot(Unknown);
        Assert.AreEqual(1u, _record.Boots);
    }

    [TestMethod]
    public void Three_quick_crashes_start_safe_mode()
    {
        NewNode();
        Boot(PowerOn);
        Boot(Panic);
        Boot(OtherWatchdog);
        Assert.IsFalse(_record.IsSafeMode);
        Boot(Software);
        Assert.IsTrue(_record.IsSafeMode);
        Assert.AreEqual(3u, _record.Restarts);
    }

    [TestMethod]
    public void A_hand_at_the_socket_never_starts_safe_mode_where_the_cause_is_known()
    {
        NewNode();
        for (int i = 0; i < 50; i++)
        {
            Boot(i % 2 == 0 ? PowerOn : BrownOut);
            Assert.IsFalse(_record.IsSafeMode);
        }
    }

    [TestMethod]
    public void Where_the_cause_is_unknown_nine_silent_ends_start_safe_mode()
    {
        NewNode();
        for (int boot = 1; boot <= 9; boot++)
        {
            Boot(Unknown);
            Assert.IsFalse(_record.IsSafeMode);
        }

        Boot(Unknown);
        Assert.IsTrue(_record.IsSafeMode);
    }

    [TestMethod]
    public void Where_the_cause_is_unknown_three_faults_of_our_own_start_safe_mode()
    {
        NewNode();
        for (int boot = 1; boot <= 3; boot++)
        {
            Boot(Unknown);
            Assert.IsFalse(_record.IsSafeMode);
            _record.Fail("cannot start");
        }

        Boot(Unknown);
        Assert.IsTrue(_record.IsSafeMode);
        Assert.AreEqual("cannot start", _record.LastWords);
    }

    [TestMethod]
    public void A_boot_that_settles_forgets_the_crashes_before_it()
    {
        NewNode();
        Boot(PowerOn);
        Boot(Panic);
        Boot(Panic);
        _record.Tick(Limits.SettleMs);
        Boot(Panic);
        Boot(Panic);
        Boot(Panic);
        Assert.IsFalse(_record.IsSafeMode);
        Boot(Panic);
        Assert.IsTrue(_record.IsSafeMode);
    }

    [TestMethod]
    public void One_more_quick_crash_leads_back_to_safe_mode_and_a_settled_boot_does_not()
    {
        NewNode();
        EnterSafeMode();
        _record.Tick(Limits.SettleMs);
        _record.End("end of safe mode", true);
        Boot(Software);
        Assert.IsFalse(_record.IsSafeMode);
        Boot(Panic);
        Assert.IsTrue(_record.IsSafeMode);
        _record.Tick(Limits.SettleMs);
        _record.End("end of safe mode", true);
        Boot(Software);
        _record.Tick(Limits.SettleMs);
        Boot(Panic);
        Boot(Panic);
        Assert.IsFalse(_record.IsSafeMode);
    }

    [TestMethod]
    public void Safe_mode_that_crashes_stays_safe_mode_and_loses_no_seconds()
    {
        NewNode();
        EnterSafeMode();
        uint seconds = _record.RestartSeconds;
        Boot(Panic);
        Assert.IsTrue(_record.IsSafeMode);
        Assert.AreEqual(seconds, _record.RestartSeconds);
    }

    [TestMethod]
    public void A_quiet_boot_writes_twice_and_once_more_when_it_is_ended()
    {
        NewNode();
        Boot(PowerOn);
        for (long uptime = 0; uptime < 24 * 3600 * 1000; uptime += Limits.SupervisorPeriodMs)
        {
            _record.Tick(uptime);
        }

        Assert.AreEqual(2, _flash.Writes);
        _record.SetWindow(Window);
        _record.End("command", true);
        Assert.AreEqual(3, _flash.Writes);
    }

    [TestMethod]
    public void A_thread_that_dies_every_two_seconds_writes_every_ten_minutes()
    {
        NewNode();
        Boot(PowerOn);
        for (long uptime = 0; uptime < 3600 * 1000; uptime += Limits.SupervisorPeriodMs)
        {
            _record.Note("sampler died " + uptime.ToString(), uptime);
        }

        Assert.IsTrue(_flash.Writes <= 2 + 6);
        Boot(PowerOn);
        Assert.AreEqual("sampler died 3000000", _record.LastWords);
    }

    private static void NewNode()
    {
        _flash = new BootFlash();
    }

    private static void Boot(int resetCause)
    {
        _record = new BootRecord(_flash);
        _record.Begin(resetCause, Window, new Random(5));
    }

    private static void EnterSafeMode()
    {
        Boot(PowerOn);
        Boot(Panic);
        Boot(Panic);
        Boot(Panic);
        Assert.IsTrue(_record.IsSafeMode);
    }
}
