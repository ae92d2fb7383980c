using GatewayAgent.Detection;
using GatewayAgent.DeviceTests.Fakes;
using GatewayAgent.Privacy;
using nanoFramework.TestFramework;

namespace GatewayAgent.DeviceTests;

[TestClass]
public class DetectionTests
{
    private const int Hour = Limits.DetectionHourSeconds;
    private const int Usual = -61, Bad = -79;

    private static WatchedNode _node;

    [TestMethod]
    public void Nothing_is_told_before_enough_is_learned()
    {
        _node = new WatchedNode();
        _node.Hours(WatchedNode.Learned / 2, Usual);
        _node.Hours(WatchedNode.Learned / 2, Bad);
        Assert.IsNull(_node.Peek());
    }

    [TestMethod]
    public void A_lasting_drop_is_told_once_with_its_evidence()
    {
        Learn();
        int began = _node.UptimeSeconds;
        _node.Hours(24, Bad);
        ReadEvent told = _node.Take();
        Assert.IsFalse(told.IsBroken);
        Assert.AreEqual(1u, told.BootId);
        Assert.AreEqual(1, told.Sequence);
        Assert.AreEqual(Metric.LinkRssi, told.Metric);
        Assert.IsFalse(told.Recovered);
        Assert.AreEqual(Usual, told.Baseline);
        Assert.AreEqual(Bad, told.Now);
        Assert.AreEqual(began, told.Since);
        Assert.IsTrue(told.At > began && told.At <= began + (24 * Hour));
        int magnitude = 10 * (Usual - Bad) * 16 / Metric.LeastSpread(Metric.LinkRssi);
        Assert.IsTrue(told.Magnitude >= magnitude - 4 && told.Magnitude <= magnitude);
        Assert.AreEqual(Limits.EvidenceValues, told.Values);
        Assert.AreEqual(Bad, told.LastValue);
        Assert.AreEqual(0, told.Suppressed);
        _node.Hours(48, Bad);
        Assert.IsNull(_node.Peek());
    }

    [TestMethod]
    public void A_bad_evening_is_not_told()
    {
        Learn();
        _node.Hours(8, Bad);
        _node.Hours(48, Usual);
        Assert.IsNull(_node.Peek());
    }

    [TestMethod]
    public void Signs_of_a_change_must_last_for_the_hours_that_are_set()
    {
        Learn();
        _node.Settings.HoursToAlarm = 24;
        _node.Detection.Apply(_node.Settings);
        _node.Hours(30, Bad);
        Assert.IsNull(_node.Peek());
        _node.Hours(10, Bad);
        Assert.IsNotNull(_node.Peek());
    }

    [TestMethod]
    public void A_higher_sensitivity_tells_sooner()
    {
        Learn();
        _node.Settings.Sensitivity = 400;
        _node.Detection.Apply(_node.Settings);
        _node.Hours(6, Bad);
        Assert.IsNotNull(_node.Peek());
    }

    [TestMethod]
    public void The_baseline_does_not_learn_a_change_that_is_going_on()
    {
        Learn();
        for (int rssi = Usual; rssi > Bad; rssi--)
        {
            _node.Hours(12, rssi);
        }

        Assert.AreEqual(Usual, Rounded(_node.Take().Baseline));
    }

    [TestMethod]
    public void Recovery_is_told_when_it_lasts()
    {
        Alarm();
        _node.Hours(3, Usual);
        Assert.IsNull(_node.Peek());
        int began = _node.UptimeSeconds - (3 * Hour);
        _node.Hours(45, Usual);
        ReadEvent told = _node.Take();
        Assert.AreEqual(2, told.Sequence);
        Assert.IsTrue(told.Recovered);
        Assert.AreEqual(Usual, told.Baseline);
        Assert.AreEqual(Usual, told.Now);
        Assert.AreEqual(began, told.Since);
        _node.Hours(48, Usual);
        Assert.IsNull(_node.Peek());
    }

    [TestMethod]
    public void A_good_hour_now_and_then_is_no_recovery()
    {
        Alarm();
        for (int i = 0; i < 30; i++)
        {
            _node.Hours(4, Usual);
            _node.Hours(4, Bad);
        }

        Assert.IsNull(_node.Peek());
    }

    [TestMethod]
    public void A_level_that_lasts_for_weeks_becomes_the_baseline_and_this_is_told()
    {
        Alarm();
        _node.Hours(Limits.DetectionAcceptHours + 24, Bad);
        ReadEvent told = _node.Take();
        Assert.IsTrue(told.Recovered);
        Assert.AreEqual(Bad, told.Baseline);
        Assert.AreEqual(Bad, told.Now);
        _node.Hours(WatchedNode.Learned, Bad);
        Assert.IsNull(_node.Peek());
        _node.Hours(24, Bad - 14);
        Assert.AreEqual(Bad, _node.Take().Baseline);
    }

    [TestMethod]
    public void A_better_level_becomes_the_baseline_without_a_word()
    {
        Learn();
        _node.Hours(Limits.DetectionBetterHours + WatchedNode.Learned, Usual + 20);
        Assert.IsNull(_node.Peek());
        _node.Hours(30, Usual);
        Assert.AreEqual(Usual + 20, _node.Take().Baseline);
    }

    [TestMethod]
    public void Hours_without_a_measurement_change_nothing()
    {
        Learn();
        _node.HoursDown(100);
        Assert.IsNull(_node.Peek());
        int began = _node.UptimeSeconds;
        _node.Hours(7, Bad);
        _node.HoursDown(50);
        Assert.IsNull(_node.Peek());
        _node.Hours(12, Bad);
        ReadEvent told = _node.Take();
        Assert.AreEqual(Usual, told.Baseline);
        Assert.AreEqual(began, told.Since);
    }

    [TestMethod]
    public void A_busy_channel_is_told_and_zeros_and_numbers_beyond_the_scale_are_not()
    {
        _node = new WatchedNode { Utilization = 40 };
        _node.Hours(WatchedNode.Learned + 10, Usual);
        _node.Utilization = 256;
        _node.Hours(72, Usual);
        _node.Utilization = 0;
        _node.Hours(72, Usual);
        Assert.IsNull(_node.Peek());
        Assert.AreEqual(2u * 72 * 24, _node.Detection.Refused);
        _node.Utilization = 200;
        _node.Hours(36, Usual);
        ReadEvent told = _node.Take();
        Assert.AreEqual(Metric.Utilization, told.Metric);
        Assert.IsTrue(told.Baseline == 40 || told.Baseline == 41);
        Assert.AreEqual(200, told.Now);
    }

    [TestMethod]
    public void Latency_is_told_in_milliseconds()
    {
        _node = new WatchedNode { GatewayMs = 5 };
        _node.Hours(WatchedNode.Learned + 10, Usual);
        _node.GatewayMs = 150;
        _node.Hours(48, Usual);
        ReadEvent told = _node.Take();
        Assert.AreEqual(Metric.GatewayLatency, told.Metric);
        Assert.IsTrue(told.Baseline >= 4 && told.Baseline <= 8);
        Assert.IsTrue(told.Now >= 128 && told.Now <= 256);
    }

    [TestMethod]
    public void Disconnections_count_and_a_counter_that_starts_again_does_not()
    {
        Learn();
        for (int hour = 0; hour < 60; hour++)
        {
            _node.Disconnects = hour % 2 == 0 ? 40000 : 0;
            _node.Hours(1, Usual);
        }

        Assert.IsNull(_node.Peek());
        for (int hour = 0; hour < 24; hour++)
        {
            _node.Disconnects += 4;
            _node.Hours(1, Usual);
        }

        ReadEvent told = _node.Take();
        Assert.AreEqual(Metric.Disconnects, told.Metric);
        Assert.AreEqual(4, told.Now);
    }

    [TestMethod]
    public void No_more_events_are_sent_in_an_hour_than_set()
    {
        LearnTwo();
        _node.Settings.EventsPerHour = 1;
        _node.Detection.Apply(_node.Settings);
        _node.Utilization = 220;
        _node.Hours(48, Bad);
        Assert.IsNotNull(_node.Take());
        Assert.IsNull(_node.Take());
        _node.Clock.UptimeMs += (Hour * 1000L) - 1;
        Assert.IsNull(_node.Take());
        _node.Clock.UptimeMs += 1;
        Assert.IsNotNull(_node.Take());
    }

    [TestMethod]
    public void What_recovers_before_it_is_sent_is_told_as_one_event()
    {
        Learn();
        _node.Hours(24, Bad);
        _node.Hours(48, Usual);
        ReadEvent told = _node.Take();
        Assert.IsTrue(told.Recovered);
        Assert.AreEqual(1, told.Suppressed);
        Assert.IsNull(_node.Take());
    }

    [TestMethod]
    public void An_event_stays_the_same_until_the_broker_has_it()
    {
        Learn();
        _node.Hours(24, Bad);
        ReadEvent first = _node.Peek();
        _node.Detection.Events.Failed();
        _node.Hours(3, Bad);
        ReadEvent again = _node.Peek();
        Assert.AreEqual(first.Sequence, again.Sequence);
        Assert.AreEqual(first.At, again.At);
        _node.Detection.Events.Acknowledged();
        Assert.IsNull(_node.Peek());
    }

    [TestMethod]
    public void A_change_while_the_one_before_is_under_way_is_a_further_event()
    {
        Learn();
        _node.Hours(24, Bad);
        Assert.IsFalse(_node.Peek().Recovered);
        _node.Hours(48, Usual);
        _node.Detection.Events.Acknowledged();
        ReadEvent told = _node.Take();
        Assert.IsTrue(told.Recovered);
        Assert.AreEqual(2, told.Sequence);
        Assert.AreEqual(0, told.Suppressed);
    }

    [TestMethod]
    public void A_change_replaces_the_one_that_failed()
    {
        Learn();
        _node.Hours(24, Bad);
        Assert.IsFalse(_node.Peek().Recovered);
        _node.Hours(48, Usual);
        _node.Detection.Events.Failed();
        ReadEvent told = _node.Take();
        Assert.IsTrue(told.Recovered);
        Assert.AreEqual(2, told.Sequence);
        Assert.AreEqual(1, told.Suppressed);
        Assert.IsNull(_node.Take());
    }

    [TestMethod]
    public void What_was_learned_outlives_a_reboot()
    {
        Learn();
        _node.Reboot(_node.Save());
        _node.Hours(24, Bad);
        ReadEvent told = _node.Take();
        Assert.AreEqual(2u, told.BootId);
        Assert.AreEqual(Usual, told.Baseline);
        Assert.AreEqual(0, told.Since);
    }

    [TestMethod]
    public void A_change_that_began_before_the_reboot_is_dated_before_it()
    {
        Learn();
        _node.Clock.UnixSeconds = 1800000000;
        _node.Hours(5, Bad);
        byte[] saved = _node.Save();
        _node.Reboot(saved);
        _node.Clock.UnixSeconds = 1800000000 + (7 * Hour);
        _node.Hours(12, Bad);
        ReadEvent told = _node.Take();
        Assert.AreEqual(0, told.Since);
        Assert.AreEqual(7 * Hour, told.BeforeBoot);
        Assert.AreEqual(1800000000u + (7 * Hour), told.BootTime);
    }

    [TestMethod]
    public void An_alarm_that_was_not_told_is_told_after_the_reboot()
    {
        Learn();
        _node.Hours(24, Bad);
        _node.Peek();
        _node.Reboot(_node.Save());
        ReadEvent told = _node.Take();
        Assert.IsFalse(told.Recovered);
        Assert.AreEqual(1, told.Sequence);
        Assert.AreEqual(Usual, told.Baseline);
        Assert.AreEqual(Bad, told.Now);
        Assert.AreEqual(Limits.EvidenceValues, told.Values);
        Assert.AreEqual(24 * Hour, told.BeforeBoot);
    }

    [TestMethod]
    public void An_alarm_that_was_told_is_not_told_again_but_its_end_is()
    {
        Alarm();
        _node.Reboot(_node.Save());
        _node.Hours(12, Bad);
        Assert.IsNull(_node.Peek());
        _node.Hours(48, Usual);
        Assert.IsTrue(_node.Take().Recovered);
    }

    [TestMethod]
    public void What_is_not_whole_is_not_loaded()
    {
        Alarm();
        byte[] saved = _node.Save();
        Deterioration fresh = new Deterioration(_node.Clock, 9, _node.Settings);
        for (int i = 0; i < saved.Length; i++)
        {
            Assert.IsFalse(fresh.Load(saved, i));
            saved[i] ^= 0x10;
            Assert.IsFalse(fresh.Load(saved, saved.Length));
            saved[i] ^= 0x10;
        }

        Assert.IsTrue(fresh.Load(saved, saved.Length));
    }

    [TestMethod]
    public void Saving_is_asked_for_at_once_for_alarms_and_every_few_hours_for_what_is_learned()
    {
        Learn();
        _node.Save();
        _node.Hours(Limits.DetectionSaveHours - 1, Usual);
        Assert.IsFalse(_node.Detection.IsDirty);
        _node.Hours(1, Usual);
        Assert.IsTrue(_node.Detection.IsDirty);
        _node.Save();
        Assert.IsFalse(_node.Detection.IsDirty);
        _node.Hours(24, Bad);
        _node.Save();
        Assert.IsNotNull(_node.Take());
        Assert.IsTrue(_node.Detection.IsDirty);
        _node.Save();
        _node.Detection.SaveFailed();
        Assert.IsTrue(_node.Detection.IsDirty);
    }

    [TestMethod]
    public void A_metric_that_is_switched_off_ends_its_alarm_without_a_word()
    {
        Learn();
        _node.Hours(24, Bad);
        _node.Settings.Metrics = Limits.DetectionMetrics & ~(1 << Metric.LinkRssi);
        _node.Detection.Apply(_node.Settings);
        Assert.IsNull(_node.Peek());
        _node.Hours(48, Usual);
        Assert.IsNull(_node.Peek());
    }

    [TestMethod]
    public void Settings_are_refused_with_field_and_value()
    {
        Assert.IsNull(new DetectionSettings().Validate());
        Assert.StartsWith("metrics: 128 ", new DetectionSettings { Metrics = 128 }.Validate());
        Assert.StartsWith("sensitivity: 24 ", new DetectionSettings { Sensitivity = 24 }.Validate());
        Assert.StartsWith("hoursToAlarm: 0 ", new DetectionSettings { HoursToAlarm = 0 }.Validate());
        Assert.StartsWith("hoursToClear: 49 ", new DetectionSettings { HoursToClear = 49 }.Validate());
        Assert.StartsWith("eventsPerHour: 61 ", new DetectionSettings { EventsPerHour = 61 }.Validate());
    }

    [TestMethod]
    public void Clients_that_hear_worse_are_told_with_the_hash_of_the_weakest()
    {
        byte[] key = new byte[Limits.HomeKeyBytes];
        AddressHash addresses = new AddressHash(key);
        Assert.AreEqual(addresses.OfAddress(new byte[] { 0, 0, 0, 0, 0, 2 }, 0), WeakestTold(addresses));
        Assert.AreEqual(AddressHash.None, WeakestTold(null));
    }

    private static uint WeakestTold(AddressHash addresses)
    {
        _node = new WatchedNode { StationRssi = -50 };
        _node.Detection.Use(addresses);
        _node.Hours(WatchedNode.Learned + 10, Usual);
        _node.StationRssi = -80;
        _node.Hours(48, Usual);
        ReadEvent told = _node.Take();
        Assert.AreEqual(Metric.ClientRssi, told.Metric);
        return told.Station;
    }

    private static void Learn()
    {
        _node = new WatchedNode();
        _node.Hours(WatchedNode.Learned + 10, Usual);
    }

    private static void LearnTwo()
    {
        _node = new WatchedNode { Utilization = 40 };
        _node.Hours(WatchedNode.Learned + 10, Usual);
    }

    private static void Alarm()
    {
        Learn();
        _node.Hours(24, Bad);
        Assert.IsFalse(_node.Take().Recovered);
    }

    // A decibel of drift before it was noticed.
    private static int Rounded(int baseline) => baseline <= Usual && baseline >= Usual - 2 ? Usual : baseline;
}
