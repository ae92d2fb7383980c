using GatewayAgent.Control;
using GatewayAgent.DeviceTests.Fakes;
using GatewayAgent.Ports;
using GatewayAgent.Reporting;
using GatewayAgent.Sampling;
using GatewayAgent.Uplink;
using nanoFramework.TestFramework;

namespace GatewayAgent.DeviceTests;

[TestClass]
public class SchedulingTests
{
    private static FakeRadio _radio;
    private static AgentSettings _settings;
    private static SurveySchedule _survey;
    private static LinkReading _link;
    private static Window _window;

    [TestMethod]
    public void A_period_is_due_once_at_each_point()
    {
        Period period = new Period(1000, 0);
        Assert.IsTrue(period.Due(0));
        Assert.IsFalse(period.Due(999));
        Assert.AreEqual(1, period.Remaining(999));
        Assert.IsTrue(period.Due(1000));
        Assert.AreEqual(0, period.Missed);
    }

    [TestMethod]
    public void A_late_period_skips_what_it_missed_and_stays_on_its_grid()
    {
        Period period = new Period(1000, 0);
        period.Due(0);
        Assert.IsTrue(period.Due(4300));
        Assert.AreEqual(3, period.Missed);
        Assert.AreEqual(700, period.Remaining(4300));
    }

    [TestMethod]
    public void Every_channel_has_a_place_and_every_place_a_channel()
    {
        for (int place = 0; place < Limits.Channels; place++)
        {
            Assert.AreEqual(place, ChannelMap.IndexOf(ChannelMap.ChannelAt(place)));
        }

        Assert.AreEqual(1, ChannelMap.ChannelAt(0));
        Assert.AreEqual(14, ChannelMap.ChannelAt(13));
        Assert.AreEqual(36, ChannelMap.ChannelAt(14));
        Assert.AreEqual(177, ChannelMap.ChannelAt(41));
        Assert.AreEqual(-1, ChannelMap.IndexOf(0));
        Assert.AreEqual(-1, ChannelMap.IndexOf(15));
        Assert.AreEqual(-1, ChannelMap.IndexOf(38));
        Assert.AreEqual(-1, ChannelMap.IndexOf(96));
        Assert.AreEqual(-1, ChannelMap.IndexOf(255));
    }

    [TestMethod]
    public void Channel_masks_follow_the_numbering_of_the_driver()
    {
        Assert.AreEqual(2u, ChannelMap.Bit2g(ChannelMap.IndexOf(1)));
        Assert.AreEqual(0u, ChannelMap.Bit5g(ChannelMap.IndexOf(1)));
        Assert.AreEqual(2u, ChannelMap.Bit5g(ChannelMap.IndexOf(36)));
        Assert.AreEqual(1u << 28, ChannelMap.Bit5g(ChannelMap.IndexOf(177)));
        Assert.AreEqual(0u, ChannelMap.Bit2g(ChannelMap.IndexOf(177)));
    }

    [TestMethod]
    public void The_survey_visits_every_foreign_channel_in_turn_and_never_its_own()
    {
        StartSurvey();
        int visited = 0;
        for (int i = 1; i <= 12; i++)
        {
            _survey.Tick(i * Limits.SurveyPeriodMs, _link, _window);
            visited |= 1 << _radio.LastDwellChannel;
        }

        Assert.AreEqual(12, _radio.Dwells);
        Assert.AreEqual(0x3FFE & ~(1 << 6), visited);
        Assert.AreEqual((uint)(12 * Limits.DwellMs), _window.OffChannelMs);
    }

    [TestMethod]
    public void The_survey_stays_home_while_the_uplink_is_down()
    {
        StartSurvey();
        _link.Connected = false;
        _survey.Tick(Limits.SurveyPeriodMs, _link, _window);
        Assert.AreEqual(0, _radio.Dwells);
    }

    [TestMethod]
    public void A_busy_channel_holds_the_survey_off_but_not_for_ever()
    {
        StartSurvey();
        _link.Utilization = Limits.BusyUtilization + 1;
        int until = Limits.BusyHoldOffMs / Limits.SurveyPeriodMs;
        for (int i = 1; i < until; i++)
        {
            _survey.Tick((long)i * Limits.SurveyPeriodMs, _link, _window);
        }

        Assert.AreEqual(0, _radio.Dwells);
        _survey.Tick((long)until * Limits.SurveyPeriodMs, _link, _window);
        Assert.AreEqual(1, _radio.Dwells);
        _survey.Tick((long)(until + 1) * Limits.SurveyPeriodMs, _link, _window);
        Assert.AreEqual(1, _radio.Dwells);
    }

    [TestMethod]
    public void A_visit_that_the_radio_refused_is_tried_again_and_costs_nothing()
    {
        StartSurvey();
        _radio.DwellAnswer = -2;
        _survey.Tick(Limits.SurveyPeriodMs, _link, _window);
        Assert.AreEqual(0u, _window.OffChannelMs);
        _radio.DwellAnswer = 0;
        _survey.Tick(2 * Limits.SurveyPeriodMs, _link, _window);
        Assert.AreEqual(1, _radio.LastDwellChannel);
    }

    [TestMethod]
    public void A_channel_that_the_driver_refuses_for_good_does_not_hold_up_the_others()
    {
        StartSurvey();
        _radio.DwellAnswer = RadioStatus.EspError - 258;
        _survey.Tick(Limits.SurveyPeriodMs, _link, _window);
        Assert.AreEqual(0u, _window.OffChannelMs);
        _radio.DwellAnswer = 0;
        _survey.Tick(2 * Limits.SurveyPeriodMs, _link, _window);
        Assert.AreEqual(2, _radio.LastDwellChannel);
    }

    [TestMethod]
    public void A_radio_with_no_other_channel_is_left_alone()
    {
        StartSurvey();
        _radio.Channels2g = 1u << 6;
        _survey.Tick(Limits.SurveyPeriodMs, _link, _window);
        Assert.AreEqual(0, _radio.Dwells);
    }

    [TestMethod]
    public void A_companion_stays_on_the_channel_of_the_gateway_unless_told_otherwise()
    {
        StartSurvey();
        _settings.Role = Role.Companion;
        _survey.Use(_settings, 0);
        _survey.Tick(100 * Limits.SurveyPeriodMs, _link, _window);
        Assert.AreEqual(0, _radio.Dwells);
        _settings.SurveyPeriodMs = 60000;
        _survey.Use(_settings, 0);
        _survey.Tick(60000, _link, _window);
        Assert.AreEqual(1, _radio.Dwells);
    }

    [TestMethod]
    public void Only_channels_that_the_settings_allow_are_visited()
    {
        StartSurvey();
        _settings.SurveyChannels2g = (1u << 1) | (1u << 11);
        for (int i = 1; i <= 4; i++)
        {
            _survey.Tick(i * Limits.SurveyPeriodMs, _link, _window);
            Assert.AreEqual(i % 2 == 1 ? 1 : 11, _radio.LastDwellChannel);
        }
    }

    [TestMethod]
    public void A_round_on_demand_visits_all_channels_in_a_row_busy_or_not()
    {
        StartSurvey();
        _link.Utilization = 255;
        _survey.BeginRound();
        for (int i = 1; i <= 20; i++)
        {
            _survey.Tick(i * 1000, _link, _window);
        }

        Assert.AreEqual(13, _radio.Dwells);
    }

    [TestMethod]
    public void A_round_makes_up_for_what_held_it_up_but_not_for_ever()
    {
        StartSurvey();
        _settings.SurveyPeriodMs = 0;
        _survey.Use(_settings, 0);
        _survey.BeginRound();
        _radio.DwellAnswer = RadioStatus.Busy;
        for (int i = 1; i <= 4; i++)
        {
            _survey.Tick(i * 1000, _link, _window);
        }

        _radio.DwellAnswer = 0;
        _link.Connected = false;
        for (int i = 5; i <= 8; i++)
        {
            _survey.Tick(i * 1000, _link, _window);
        }

        _link.Connected = true;
        for (int i = 9; i <= 40; i++)
        {
            _survey.Tick(i * 1000, _link, _window);
        }

        Assert.AreEqual(13, _radio.Dwells);
        _survey.BeginRound();
        _link.Connected = false;
        for (int i = 41; i <= 80; i++)
        {
            _survey.Tick(i * 1000, _link, _window);
        }

        _link.Connected = true;
        _survey.Tick(81000, _link, _window);
        Assert.AreEqual(13, _radio.Dwells);
    }

    [TestMethod]
    public void No_round_trip_is_measured_while_the_radio_is_away_and_it_is_made_up_for()
    {
        TestNode node = new TestNode(300, Assurance.Broker);
        node.Radio.IsAway = true;
        for (int i = 0; i <= 40; i++)
        {
            node.Node.ProbeStep(i * 1000);
        }

        Assert.AreEqual(0, node.Probe.Measured);
        node.Radio.IsAway = false;
        node.Node.ProbeStep(41000);
        node.Node.ProbeStep(42000);
        Assert.AreEqual(1, node.Probe.Measured);
    }

    private static void StartSurvey()
    {
        _radio = new FakeRadio();
        _settings = new AgentSettings();
        _survey = new SurveySchedule(_radio, _settings, 0);
        _window = new Window();
        _link = new LinkReading();
        _link.Clear();
        _link.Connected = true;
        _link.Channel = 6;
    }
}
