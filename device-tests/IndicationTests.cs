using GatewayAgent.Control;
using GatewayAgent.DeviceTests.Fakes;
using GatewayAgent.Indication;
using GatewayAgent.Sampling;
using nanoFramework.TestFramework;

namespace GatewayAgent.DeviceTests;

[TestClass]
public class IndicationTests
{
    private const int Second = 1000, Minute = 60000;

    private static NodeStatus _status;
    private static FakeLight _light;
    private static FakeScreen _screen;
    private static ButtonNotes _button;
    private static Indicator _indicator;
    private static LinkReading _link;
    private static long _now;
    private static int _darkTurns;

    [TestMethod]
    public void A_node_that_starts_breathes_white_and_never_goes_dark()
    {
        Build();
        Run(3 * Second);
        Assert.AreEqual(NodeState.Booting, _indicator.State);
        Assert.AreEqual("Starting", _screen.Title);
        Assert.AreEqual(0, _darkTurns);
        Assert.AreEqual((_light.Colour >> 16) & 0xFF, _light.Colour & 0xFF);
        Assert.IsTrue(_light.Changes >= 12, "it breathes");
    }

    [TestMethod]
    public void Without_a_word_of_the_link_it_has_started_after_half_a_minute()
    {
        Build();
        Run(29 * Second);
        Assert.AreEqual(NodeState.Booting, _indicator.State);
        Run(2 * Second);
        Assert.AreEqual(NodeState.Connecting, _indicator.State);
    }

    [TestMethod]
    public void On_the_way_to_the_broker_it_shows_how_far_it_got()
    {
        Build();
        Hear(false, LinkReading.RssiUnknown);
        Expect(NodeState.NoLink, "No Wi-Fi");
        Hear(true, -60);
        Expect(NodeState.Connecting, "Connecting");
        _status.NoteUplink(true, 0);
        Expect(NodeState.Online, "Online");
    }

    [TestMethod]
    [DataRow(NodeState.NoLink, 1)]
    [DataRow(NodeState.Backlog, 2)]
    [DataRow(NodeState.RolledBack, 3)]
    [DataRow(NodeState.SafeMode, 4)]
    [DataRow(NodeState.NotProvisioned, 5)]
    public void Trouble_is_told_by_the_number_of_flashes(int state, int flashes)
    {
        Build();
        Enter(state);
        Run(100);
        int period = state == NodeState.NoLink ? 2000 : state == NodeState.SafeMode || state == NodeState.NotProvisioned ? 3200 : 2400;
        _darkTurns = 0;
        Run(5 * period);
        Assert.AreEqual(state, _indicator.State);
        Assert.AreEqual(5 * flashes, _darkTurns);
    }

    [TestMethod]
    public void What_is_asked_for_in_the_room_comes_before_trouble_and_that_before_the_connection()
    {
        Build();
        Hear(false, LinkReading.RssiUnknown);
        _status.IsRolledBack = true;
        _status.NoteUplink(false, Limits.BacklogReports);
        Expect(NodeState.NoLink, "No Wi-Fi");
        _status.IsSafeMode = true;
        Expect(NodeState.SafeMode, "Safe mode");
        _status.IsNotProvisioned = true;
        Expect(NodeState.NotProvisioned, "Not provisioned");
        _status.SetPlacement(true, _now);
        Expect(NodeState.PlacementBlind, "Where to place me");
        _status.Locate(10, _now);
        Expect(NodeState.Locate, "Here I am");
        Press(6 * Second);
        Expect(NodeState.Reporting, "Report asked for");
    }

    [TestMethod]
    public void Online_is_green_for_a_minute_and_then_as_good_as_dark()
    {
        Build();
        Enter(NodeState.Online);
        Run(59 * Second);
        Assert.AreEqual(Limits.LightBrightness << 8, _light.Colour);
        Assert.AreEqual("Online", _screen.Title);
        Run(2 * Second);
        Assert.AreEqual(Limits.LightIdleBrightness << 8, _light.Colour);
        Assert.IsNull(_screen.Title);
    }

    [TestMethod]
    public void Idle_and_online_touches_neither_light_nor_screen()
    {
        Build();
        Enter(NodeState.Online);
        Run(2 * Minute);
        int changes = _light.Changes, pages = _screen.Pages;
        for (int i = 0; i < 600; i++)
        {
            Hear(true, -60 - (i % 20));
            _status.NoteUplink(true, i % 7);
            Run(Second);
        }

        Assert.AreEqual(changes, _light.Changes);
        Assert.AreEqual(pages, _screen.Pages);
    }

    [TestMethod]
    public void What_lasts_is_shown_dimmer_and_the_screen_goes_dark()
    {
        Build();
        Enter(NodeState.SafeMode);
        Run(9 * Minute);
        Assert.AreEqual(Limits.LightBrightness << 16, BrightestOf(4 * Second));
        Assert.AreEqual("Safe mode", _screen.Title);
        Run(2 * Minute);
        Assert.AreEqual(Limits.LightBrightness / 4 << 16, BrightestOf(4 * Second));
        Assert.IsNull(_screen.Title);
    }

    [TestMethod]
    public void No_brightness_is_no_light()
    {
        AgentSettings settings = Settings();
        settings.LightBrightness = 0;
        settings.LightIdleBrightness = 0;
        Build(settings);
        Enter(NodeState.SafeMode);
        Run(5 * Second);
        Assert.AreEqual(0, BrightestOf(5 * Second));
    }

    [TestMethod]
    public void Locate_changes_between_white_and_blue_and_ends_by_itself()
    {
        Build();
        Enter(NodeState.Online);
        _status.Locate(10, _now);
        int changes = _light.Changes;
        Run(Second);
        Assert.IsTrue(_light.Changes - changes >= 8, "fast");
        Assert.AreEqual(0, _darkTurns);
        Run(10 * Second);
        Assert.AreEqual(NodeState.Online, _indicator.State);
    }

    [TestMethod]
    [DataRow(-85, NodeState.PlacementWeak, "Move closer", 10)]
    [DataRow(-76, NodeState.PlacementWeak, "Move closer", 28)]
    [DataRow(-75, NodeState.PlacementFair, "A little closer", 30)]
    [DataRow(-67, NodeState.PlacementFair, "A little closer", 46)]
    [DataRow(-66, NodeState.PlacementGood, "Good", 48)]
    [DataRow(-46, NodeState.PlacementGood, "Good", 88)]
    [DataRow(-45, NodeState.PlacementClose, "Excellent: too close?", 90)]
    [DataRow(-30, NodeState.PlacementClose, "Excellent: too close?", 100)]
    public void Placement_tells_the_quality_in_words_figure_and_bar(int dbm, int state, string words, int bar)
    {
        Build();
        _status.SetPlacement(true, _now);
        HearFor(5, dbm);
        Assert.AreEqual(state, _indicator.State);
        Assert.AreEqual(dbm.ToString() + " dBm", _screen.Figure);
        Assert.AreEqual(words, _screen.Words);
        Assert.AreEqual(bar, _screen.Bar);
    }

    [TestMethod]
    public void Placement_goes_from_red_through_yellow_to_green()
    {
        Assert.AreEqual(0xFF0000, LightPattern.Colour(NodeState.PlacementWeak, -90));
        Assert.AreEqual(0xFFFF00, LightPattern.Colour(NodeState.PlacementFair, -74));
        Assert.AreEqual(0x00FF00, LightPattern.Colour(NodeState.PlacementGood, -66));
        int green = -1, red = 256;
        for (int dbm = -82; dbm <= -66; dbm++)
        {
            int colour = LightPattern.Colour(NodeState.PlacementFair, dbm);
            Assert.IsTrue((colour >> 8 & 0xFF) >= green && (colour >> 16) <= red, dbm.ToString());
            green = colour >> 8 & 0xFF;
            red = colour >> 16;
        }
    }

    [TestMethod]
    public void Placement_shows_the_median_of_the_last_seconds_so_that_single_readings_do_not_matter()
    {
        Build();
        _status.SetPlacement(true, _now);
        HearFor(5, -60);
        HearFor(1, -90);
        HearFor(1, -30);
        Assert.AreEqual("-60 dBm", _screen.Figure);
        HearFor(3, -80);
        Assert.AreEqual("-80 dBm", _screen.Figure);
    }

    [TestMethod]
    public void Readings_that_flicker_by_a_decibel_at_a_threshold_change_nothing()
    {
        Build();
        _status.SetPlacement(true, _now);
        HearFor(5, -66);
        int pages = _screen.Pages, changes = _light.Changes;
        for (int i = 0; i < 60; i++)
        {
            HearFor(3, -66 - (i % 2));
        }

        Assert.AreEqual(pages, _screen.Pages);
        Assert.AreEqual(changes, _light.Changes);
        HearFor(5, -68);
        Assert.AreEqual("A little closer", _screen.Words);
    }

    [TestMethod]
    public void A_reading_without_a_value_does_not_hide_the_others()
    {
        Build();
        _status.SetPlacement(true, _now);
        HearFor(5, -60);
        HearFor(2, 0);
        HearFor(2, LinkReading.RssiUnknown);
        Assert.AreEqual("-60 dBm", _screen.Figure);
    }

    [TestMethod]
    public void Placement_without_fresh_readings_admits_that_it_sees_nothing()
    {
        Build();
        _status.SetPlacement(true, _now);
        HearFor(5, -60);
        Run(6 * Second);
        Assert.AreEqual(NodeState.PlacementBlind, _indicator.State);
        Assert.AreEqual(string.Empty, _screen.Figure);
        HearFor(1, -70);
        Assert.AreEqual("-70 dBm", _screen.Figure);
        Hear(false, LinkReading.RssiUnknown);
        Run(Second);
        Assert.AreEqual(NodeState.PlacementBlind, _indicator.State);
    }

    [TestMethod]
    public void An_old_reading_of_a_stock_image_does_not_pass_for_a_live_one()
    {
        Build();
        _status.SetPlacement(true, _now);
        _now += Minute;
        _link.Clear();
        _link.Connected = true;
        _link.Rssi = -50;
        _link.AgeSeconds = 30;
        _status.NoteLink(_link, _now);
        Run(Second);
        Assert.AreEqual(NodeState.PlacementBlind, _indicator.State);
    }

    [TestMethod]
    public void A_reading_from_a_scan_stands_until_the_next_and_says_how_old_it_is()
    {
        Build();
        _status.SetPlacement(true, _now);
        HearScan(-60);
        Expect(NodeState.PlacementGood, "Where to place me");
        Run(12 * Second);
        Expect(NodeState.PlacementGood, "Heard 10 s ago");
        Run(15 * Second);
        Expect(NodeState.PlacementGood, "Heard 25 s ago");
        HearScan(-80);
        Expect(NodeState.PlacementWeak, "Where to place me");
        Run(61 * Second);
        Expect(NodeState.PlacementBlind, "Where to place me");
    }

    [TestMethod]
    public void A_scan_that_heard_none_of_the_home_leaves_nothing_to_show()
    {
        Build();
        _status.SetPlacement(true, _now);
        HearScan(-60);
        HearScan(LinkReading.RssiUnknown);
        Expect(NodeState.PlacementBlind, "Where to place me");
    }

    [TestMethod]
    public void A_short_press_turns_placement_on_and_off_and_it_ends_by_itself()
    {
        Build();
        Enter(NodeState.Online);
        Press(200);
        Expect(NodeState.PlacementGood, "Where to place me");
        Press(200);
        Expect(NodeState.Online, "Online");
        Press(200);
        Run(29 * Minute);
        Assert.IsTrue(_status.IsPlacement(_now));
        Run(2 * Minute);
        Assert.IsFalse(_status.IsPlacement(_now));
    }

    [TestMethod]
    public void A_long_press_asks_for_a_report_once_and_says_so_while_it_is_still_held()
    {
        Build();
        Enter(NodeState.Online);
        _button.Down(_now);
        Run(4900);
        Assert.IsFalse(_status.TakeReportRequest());
        Run(Second);
        Assert.AreEqual(NodeState.Reporting, _indicator.State);
        Assert.IsTrue(_status.TakeReportRequest());
        Run(Minute);
        _button.Up(_now);
        Run(Second);
        Assert.IsFalse(_status.TakeReportRequest());
        Assert.AreEqual(NodeState.Online, _indicator.State);
    }

    [TestMethod]
    public void A_press_that_was_given_up_and_contacts_that_bounce_do_nothing()
    {
        Build();
        Enter(NodeState.Online);
        Press(3 * Second);
        Press(10);
        Assert.AreEqual(NodeState.Online, _indicator.State);
        Assert.IsFalse(_status.TakeReportRequest());
        _button.Down(_now);
        _button.Up(_now + 2);
        _button.Down(_now + 4);
        _button.Up(_now + 204);
        _button.Down(_now + 206);
        _button.Up(_now + 208);
        Run(Second);
        Assert.AreEqual(NodeState.PlacementGood, _indicator.State);
    }

    [TestMethod]
    public void Reports_that_wait_are_counted_on_the_screen()
    {
        Build();
        Hear(true, -60);
        _status.NoteUplink(false, 10);
        Expect(NodeState.Connecting, "Connecting");
        Assert.AreEqual("10", _screen.Figure);
        Assert.AreEqual("reports wait", _screen.Words);
        int pages = _screen.Pages;
        _status.NoteUplink(false, 11);
        Run(Second);
        Assert.AreEqual("11", _screen.Figure);
        Assert.AreEqual(pages + 1, _screen.Pages);
    }

    [TestMethod]
    public void Every_state_fits_the_screen()
    {
        for (int state = NodeState.Booting; state <= NodeState.PlacementClose; state++)
        {
            Assert.IsTrue(ScreenPage.Title(state).Length <= Limits.ScreenColumns, ScreenPage.Title(state));
            Assert.IsTrue(ScreenPage.Words(state).Length <= Limits.ScreenColumns, ScreenPage.Words(state));
        }

        AgentSettings settings = Settings();
        settings.Node = new string('n', 64);
        Build(settings);
        _status.SetPlacement(true, _now);
        HearFor(5, -100);
        Assert.AreEqual(Limits.ScreenColumns, _screen.Detail.Length);
        Assert.AreEqual("-99 dBm", _screen.Figure);
        Assert.AreEqual(Limits.FigureColumns, _screen.Figure.Length);
    }

    [TestMethod]
    public void A_node_without_light_screen_and_button_still_steps()
    {
        _status = new NodeStatus();
        Indicator bare = new Indicator(_status, null, null, null, Settings(), 0);
        int wait = bare.Step(0);
        Assert.IsTrue(wait > 0 && wait <= 250, wait.ToString());
        Assert.AreEqual(NodeState.Booting, bare.State);
    }

    private static AgentSettings Settings() => new AgentSettings { Home = "h1", Node = "hall" };

    private static void Build() => Build(Settings());

    private static void Build(AgentSettings settings)
    {
        _now = 5000;
        _status = new NodeStatus();
        _link = new LinkReading();
        _button = new ButtonNotes();
        _screen = new FakeScreen();
        _light = new FakeLight();
        _indicator = new Indicator(_status, _light, _screen, _button, settings, _now);
        _darkTurns = 0;
    }

    // Steps as a worker does: when the indicator wants to be called.
    private static void Run(int milliseconds)
    {
        long end = _now + milliseconds;
        while (_now < end)
        {
            bool wasLit = !_light.IsDark;
            int wait = _indicator.Step(_now);
            _darkTurns += wasLit && _light.IsDark ? 1 : 0;
            _now = _now + wait < end ? _now + wait : end;
        }
    }

    private static int BrightestOf(int milliseconds)
    {
        int brightest = 0;
        for (int i = 0; i < milliseconds; i += 50)
        {
            Run(50);
            brightest = _light.Colour > brightest ? _light.Colour : brightest;
        }

        return brightest;
    }

    private static void Hear(bool connected, int dbm)
    {
        _link.Clear();
        _link.Connected = connected;
        _link.Rssi = dbm;
        _status.NoteLink(_link, _now);
    }

    private static void HearScan(int dbm)
    {
        _link.Clear();
        _link.Connected = true;
        _link.IsScanned = true;
        _link.Rssi = dbm;
        _status.NoteLink(_link, _now);
    }

    private static void HearFor(int seconds, int dbm)
    {
        for (int i = 0; i < seconds; i++)
        {
            Hear(true, dbm);
            Run(Second);
        }
    }

    private static void Press(int milliseconds)
    {
        HearFor(1, -60);
        _button.Down(_now);
        Run(milliseconds);
        _button.Up(_now);
        Run(500);
    }

    private static void Expect(int state, string title)
    {
        Run(300);
        Assert.AreEqual(state, _indicator.State);
        Assert.AreEqual(title, _screen.Title);
    }

    private static void Enter(int state)
    {
        Hear(state != NodeState.NoLink, -60);
        _status.NoteUplink(true, state == NodeState.Backlog ? Limits.BacklogReports : 0);
        _status.IsRolledBack = state == NodeState.RolledBack;
        _status.IsSafeMode = state == NodeState.SafeMode;
        _status.IsNotProvisioned = state == NodeState.NotProvisioned;
    }
}
