using GatewayAgent.Insight.Scoring;
using GatewayAgent.Protocol;
using static GatewayAgent.Insight.Diagnosis.Words;

namespace GatewayAgent.Insight.Diagnosis;

/// <summary>
/// Every cause that is known, each as one rule: what must hold, what goes with it, what speaks against it, and what to say and do. How much of a
/// finding's evidence is there is its confidence. Limits of scores are in <see cref="Thresholds"/>; what only tells one cause from another stands here.
/// </summary>
internal static class Rules
{
    public static IReadOnlyList<(Cause Cause, Action<Case, NodeView, HomeView> Rule)> OfNodes { get; } =
    [
        (Cause.WeakBackhaul, WeakBackhaul),
        (Cause.BadPlacement, BadPlacement),
        (Cause.PoorCoverage, PoorCoverage),
        (Cause.OverloadedAccessPoint, OverloadedAccessPoint),
        (Cause.SickNode, SickNode),
        (Cause.SilentNode, SilentNode),
    ];

    public static IReadOnlyList<(Cause Cause, Action<Case, ChannelView, HomeView> Rule)> OfChannels { get; } =
    [
        (Cause.CongestedChannel, CongestedChannel),
        (Cause.NewNeighbour, NewNeighbour),
        (Cause.Interference, Interference),
        (Cause.OverloadedAccessPoint, OverloadedGateway),
    ];

    public static IReadOnlyList<(Cause Cause, Action<Case, HomeView> Rule)> OfHome { get; } =
    [
        (Cause.WanDown, WanDown),
    ];

    // Weak backhaul: the uplink was good and has fallen, breaks, or loses what is sent, and its siblings' has not.
    private static void WeakBackhaul(Case it, NodeView node, HomeView home)
    {
        const double LeastFallDb = 6, StillGoodDbm = -70, LeastSlowPercent = 3, LeastBreaksAnHour = 0.25;
        Hourly ownBreaks = home.OwnDisconnects(node), ownSlow = home.OwnGatewayBad(node);
        Shift? fall = node.LinkRssi.ShiftOf(-LeastFallDb), slow = ownSlow.ShiftOf(LeastSlowPercent);
        CountShift? breaks = CountShift.Find(ownBreaks, node.Measured);
        double rssi = fall?.Now ?? Numbers.Median(node.LinkRssi.Last(HourGrid.Day)), bad = Numbers.Mean(node.LinkBad.Last(HourGrid.Day));
        string upstream = home.UpstreamOf(node);

        it.Needs(!node.IsCompanion, "a companion serves nobody");
        it.Needs(node.LinkRssi.IsKnown || node.GatewayBad.IsKnown, "nothing is known of its uplink");
        it.Needs(node.IsFresh, "nothing was measured within a day");
        it.Must(!IsNeverGood(node), "its uplink was never good");
        it.Must(
            fall != null || breaks != null || slow != null,
            Text($"its uplink is as it was: {Dbm(rssi)}, {Count(Numbers.Sum(node.Disconnects.Last(HourGrid.Day)), "interruption")} and {Percent(Zero(bad))} of the time weak in the last day"));
        it.Must(
            breaks?.Now >= LeastBreaksAnHour || slow != null || fall?.Now < StillGoodDbm,
            fall == null ? $"its uplink was interrupted {Count(breaks?.Events ?? 0, "time")} of late, which is seldom" : $"its uplink fell {DbmChange(fall.Before, fall.Now)}, which is still good");

        it.Expect(2, fall?.Clarity ?? 0, () => it.Series(
            "uplink RSSI", "dBm", node, node.LinkRssi, fall!.Before, fall.Now, home.Limits.LinkRssi, node.LinkSource,
            $"the uplink of the {node.Name} node fell {DbmChange(fall.Before, fall.Now)} {home.When(fall.Hour)} and has stayed there"));
        it.Expect(2, breaks != null, () => it.Series(
            "uplink interruptions", "an hour", node, ownBreaks, breaks!.Before, breaks.Now, null, node.LinkSource,
            $"the uplink of the {node.Name} node was lost {Count(breaks.Events, "time")} since {home.Since(breaks.Hour)}, {Short(breaks.Now)} an hour; before, it was {Short(Zero(breaks.Before))}"));
        it.Expect(1, slow != null, () => it.Series(
            "slow or lost round trips to the gateway", "%", node, ownSlow, slow!.Before, slow.Now, home.Limits.GatewayLatency, null,
            $"{Percent(slow.Now)} of the round trips from the {node.Name} node to the gateway are lost or slow; before, it was {Percent(slow.Before)}"));
        it.Expect(1, bad / 20, () => it.Series(
            "weak or lost uplink", "% of the time", node, node.LinkBad, null, bad, home.Limits.LinkRssi, node.LinkSource,
            $"the uplink of the {node.Name} node was weak or gone for {Percent(bad)} of the last day"));
        it.ExpectNotice(1, node, Metric.LinkRssi, Metric.Disconnects, Metric.GatewayLatency);
        it.Against(0.3, fall == null && home.BreakTogether(node, breaks), "other nodes were interrupted in the same hours: it is what they hang on");
        DateTimeOffset? since = home.At(fall?.Hour ?? breaks?.Hour ?? slow?.Hour);
        it.Began(since);
        it.Says(
            fall != null
                ? $"The uplink of the {node.Name} node fell {DbmChange(fall.Before, fall.Now)} {home.When(fall.Hour)}."
                : breaks != null
                    ? $"The uplink of the {node.Name} node has been lost {Count(breaks.Events, "time")} since {home.Since(breaks.Hour)}, {Short(breaks.Now)} an hour."
                    : $"The uplink of the {node.Name} node loses or delays {Percent(Zero(slow?.Now ?? 0))} of what it sends.",
            fall != null
                ? $"Move the {node.Name} node nearer {upstream}, or take away what was put between them: its link fell {DbmChange(fall.Before, fall.Now)} {home.When(fall.Hour)} and has stayed there."
                : $"Look what was put between the {node.Name} node and {upstream}, and move the node nearer or into the open: its connection has broken or stalled since {(since is { } began ? home.Since(began) : "some time")}, and did not before.");
    }

    // Bad placement: for as long as is known the uplink was weak, at the best of times as well.
    private static void BadPlacement(Case it, NodeView node, HomeView home)
    {
        const int LeastHours = 12;
        double rssi = Numbers.Median(node.LinkRssi.All), bad = Numbers.Mean(node.LinkBad.All), slow = Numbers.Mean(node.GatewayBad.All), breaks = node.DisconnectsAnHour;
        string upstream = home.UpstreamOf(node);

        it.Needs(!node.IsCompanion, "a companion serves nobody");
        it.Needs(node.LinkRssi.Known >= LeastHours, "its uplink is not known for long enough");
        it.Needs(node.IsFresh, "nothing was measured within a day");
        it.Must(IsNeverGood(node), $"its uplink has been good: {Dbm(rssi)}, and {Dbm(Numbers.Quantile(node.LinkRssi.All, 0.9))} at its best");
        it.Must(node.LinkRssi.ShiftOf(-8) is not { Before: > -73 }, "it was better before");

        it.Shows(() => it.Series(
            "uplink RSSI", "dBm", node, node.LinkRssi, null, rssi, home.Limits.LinkRssi, node.LinkSource,
            $"the uplink of the {node.Name} node stands at {Dbm(rssi)} and was never better than {Dbm(Numbers.Quantile(node.LinkRssi.All, 0.9))} for long"));
        it.Expect(2, bad / 60, () => it.Series(
            "weak or lost uplink", "% of the time", node, node.LinkBad, null, bad, home.Limits.LinkRssi, node.LinkSource,
            $"it was weak or gone for {Percent(bad)} of the time"));
        it.Expect(1, breaks / 0.1, () => it.Series(
            "uplink interruptions", "an hour", node, node.Disconnects, null, breaks, null, node.LinkSource, $"it is lost {Short(breaks * HourGrid.Day)} times a day"));
        it.Expect(1, slow / 3, () => it.Series(
            "slow or lost round trips to the gateway", "%", node, node.GatewayBad, null, slow, home.Limits.GatewayLatency, null,
            $"{Percent(slow)} of the round trips to the gateway are lost or slow"));
        it.Expect(1, node.LinkRssi.Known / (3.0 * HourGrid.Day));

        it.Began(null);
        it.Says(
            $"The {node.Name} node stands where its uplink has never been good: {Dbm(rssi)}.",
            $"Put the {node.Name} node about half way between {upstream} and where it is now: its link stands at {Dbm(rssi)} and has never been good there. It should be better than {Dbm(home.Limits.ClientRssi.Value)}.");
    }

    // Poor coverage: on most days a good share of a node's clients is heard weakly, while the node's own uplink is good.
    private static void PoorCoverage(Case it, NodeView node, HomeView home)
    {
        const int LeastHours = 12;
        const double LeastWeakPercent = 25, LeastWeakDayPercent = 15, LeastDays = 0.6, LeastDaysKnown = 2, LeastWeakClients = 0.5, LinkIsWeakPercent = 30;
        double weak = WeightedMean(node.ClientsWeak.Last(HourGrid.Week), node.Clients.Last(HourGrid.Week)), clients = Numbers.Mean(node.Clients.Last(HourGrid.Week));
        double days = DaysAbove(node.ClientsWeak, node.Clients, LeastWeakDayPercent, out int daysKnown), rssi = Numbers.Median(node.ClientRssi.Last(HourGrid.Week));

        it.Needs(node.ClientsWeak.Known >= LeastHours, "the RSSI of its clients is not known, or too old to tell");
        it.Needs(node.IsFresh, "nothing was measured within a day");
        it.Must(weak >= LeastWeakPercent, $"its clients are heard well: {Percent(Zero(weak))} of their time is weaker than {Dbm(home.Limits.ClientRssi.Value)}");
        it.Must(weak * clients / 100 >= LeastWeakClients, "it is a single client that is at the edge now and then");
        it.Needs(daysKnown >= LeastDaysKnown, "its clients are known for a day only");
        it.Must(days >= LeastDays, $"its clients were weak on {Percent(Zero(100 * days))} of the days only");

        it.Shows(() => it.Series(
            "clients heard weakly", "% of their time", node, node.ClientsWeak, null, weak, home.Limits.ClientRssi, node.ClientSource,
            $"the clients of the {node.Name} node were heard at less than {Dbm(home.Limits.ClientRssi.Value)} for {Percent(weak)} of their time in the last week"));
        it.Expect(2, weak / 50);
        it.Expect(1, rssi < home.Limits.ClientRssi.Value + 4, () => it.Series(
            "client RSSI", "dBm", node, node.ClientRssi, null, rssi, home.Limits.ClientRssi, node.ClientSource, $"their median is {Dbm(rssi)}"));
        it.Expect(1, days);
        it.Expect(1, !(Numbers.Mean(node.LinkBad.Last(HourGrid.Week)) > LinkIsWeakPercent));
        it.Expect(1, clients / 2);
        it.ExpectNotice(0.5, node, Metric.ClientRssi);
        it.Against(0.4, home.Nodes.Any(other => home.SilentSince(other) != null), "another node is silent: its clients may have come here from afar");

        Shift? since = node.ClientsWeak.ShiftOf(20);
        it.Began(home.At(since?.Hour));
        it.Says(
            $"Clients of the {node.Name} node are out of good reach for {Percent(Zero(weak))} of their time.",
            $"Put a further node where the devices of the {node.Name} node are used, or move it towards them: they are heard at {Dbm(rssi)}, and should be at {Dbm(home.Limits.ClientRssi.Value)} or better.");
    }

    // Overloaded access point: more clients than one can serve, or many on a channel that is full with their own traffic.
    private static void OverloadedAccessPoint(Case it, NodeView node, HomeView home)
    {
        const double LeastHoursADay = 2, LeastHours = 4;
        ChannelView? channel = home.ChannelOf(node);
        double busy = Numbers.Quantile(node.Clients.Last(HourGrid.Week), 0.9), known = Math.Max(1, Numbers.CountKnown(node.Clients.Last(HourGrid.Week))) / (double)HourGrid.Day;
        double crowdedHours = CountHours(node.Clients, home.Limits.Clients.Value, null, 0), tooMany = crowdedHours / known;
        double busyHours = CountHours(node.Clients, home.Limits.ClientsWhenBusy.Value, channel?.Utilization, home.Limits.UtilizationWhenManyClients.Value), fullHours = busyHours / known;
        double utilization = channel == null ? double.NaN : Numbers.Quantile(channel.Utilization.Last(HourGrid.Week), 0.9);
        string whose = node.IsCompanion ? "the gateway" : $"the {node.Name} node";

        it.Needs(node.Clients.Known >= 6, "its clients are not known");
        it.Needs(node.IsFresh, "nothing was measured within a day");
        it.Must(
            (tooMany >= LeastHoursADay && crowdedHours >= LeastHours) || (fullHours >= LeastHoursADay && busyHours >= LeastHours),
            $"it serves {Count(Zero(busy), "client")} at busy times{(double.IsNaN(utilization) ? "" : $" on a channel used to {Percent(utilization)}")}");

        if (!it.IsOpen)
        {
            return;
        }

        double together = channel == null ? double.NaN : Correlation(node.Clients.WithoutTimeOfDay(), channel.Utilization.WithoutTimeOfDay());
        it.Shows(() => it.Series(
            "clients", "clients", node, node.Clients, null, busy, tooMany >= LeastHoursADay ? home.Limits.Clients : home.Limits.ClientsWhenBusy, node.ClientSource,
            $"{whose} serves {Count(busy, "client")} at busy times"));
        it.Expect(2, tooMany / 4);
        it.Expect(2, fullHours / 3, () => it.Series(
            "utilisation of the own channel", "%", null, channel!.Utilization, null, utilization, home.Limits.UtilizationWhenManyClients, Source.BssLoad,
            $"the channel is used to {Percent(utilization)} at busy times, and most when clients are many"));
        it.Expect(1, together);
        it.Expect(1, Numbers.Quantile(node.GatewayBad.Last(HourGrid.Week), 0.9) / 3, () => it.Series(
            "slow or lost round trips to the gateway", "%", node, node.GatewayBad, null, Numbers.Quantile(node.GatewayBad.Last(HourGrid.Week), 0.9),
            home.Limits.GatewayLatency, null, "round trips to the gateway are slow at busy times"));
        it.Against(0.6, tooMany < LeastHoursADay && channel != null && IsFilledByOthers(node, channel), "the channel filled at a time when its clients stayed as many as they were");
        it.Against(0.5, tooMany < LeastHoursADay && channel != null && ForeignNetworks(home, channel) >= 3 && together < 0.3,
            "the channel is as full when its clients are few: others fill it");

        Shift? since = node.Clients.WithoutTimeOfDay().ShiftOf(Math.Max(4, busy / 4));
        it.Began(home.At(since?.Hour));
        it.Says(
            $"{Case.Sentence(whose)[..^1]} serves {Count(Zero(busy), "client")} at busy times, more than it can.",
            $"Add an access point near the crowd, or {MoveSome(channel)}: {whose} serves {Count(Zero(busy), "device")} at busy times.");
    }

    // Overloaded gateway, where no companion counts its clients: an access point on the home's channel states a crowd, since a day or always, and the channel is
    // full. Neighbours seldom have a crowd, but may: the confidence says so.
    private static void OverloadedGateway(Case it, ChannelView channel, HomeView home)
    {
        const double LeastStations = 18, LeastFull = 60;
        const int NearHours = 48;
        double stations = Numbers.Quantile(channel.StationsMost.Last(2 * HourGrid.Day), 0.9), utilization = Numbers.Quantile(channel.Utilization.Last(2 * HourGrid.Day), 0.9);
        Shift? crowd = channel.StationsMost.ShiftOf(6), use = channel.Utilization.BusyHours().ShiftOf(8);
        bool together = crowd != null && use != null && Math.Abs(crowd.Hour - use.Hour) <= NearHours;

        it.Needs(channel.StationsMost.IsKnown, "no access point states its clients");
        it.Needs(channel.IsFresh, StaleChannel(channel));
        it.Must(!channel.Nodes.Any(node => node.IsCompanion && node.Clients.IsKnown), "the companion counts the gateway's clients");
        it.Must(stations >= LeastStations, $"no access point on channel {channel.Number} has a crowd: {Whole(Zero(stations))} clients at most");
        it.Must(utilization >= LeastFull || stations > home.Limits.Clients.Value, $"channel {channel.Number} has room: {Percent(Zero(utilization))} at busy times");

        it.Shows(() => it.Series(
            "most clients of an access point on the own channel", "clients", null, channel.StationsMost, crowd?.Before, stations, home.Limits.Clients, Source.BssLoad,
            $"an access point on channel {channel.Number} serves {Count(stations, "client")}"));
        it.Expect(2, stations / home.Limits.Clients.Value);
        it.Expect(1, utilization >= home.Limits.UtilizationWhenManyClients.Value, () => it.Series(
            "utilisation of the own channel", "%", null, channel.Utilization, use?.Before, utilization, home.Limits.UtilizationWhenManyClients, Source.BssLoad,
            $"the channel is used to {Percent(utilization)} at busy times"));
        double correlation = Correlation(channel.StationsMost, channel.Utilization);
        it.Expect(2, together ? 1 : correlation, () => it.Fact(
            "correlation of clients and utilisation", "", null, Zero(correlation), "its clients became more when the channel filled"));
        it.Against(0.15, true, "nobody tells whether the crowd is the gateway's or a neighbour's");
        it.Against(0.4, use != null && !together, "the channel filled at a time when the crowd stayed as it was");

        it.Began(home.At(crowd?.Hour));
        it.Says(
            $"The gateway seems to serve {Count(Zero(stations), "client")} on channel {channel.Number}, more than it can.",
            $"Add an access point near the crowd, or {MoveSome(channel)}: one access point on the gateway's channel carries {Count(Zero(stations), "device")}.");
    }

    // Sick node: it crashes, its threads hang, or its memory runs out, and its siblings' does not.
    private static void SickNode(Case it, NodeView node, HomeView home)
    {
        const int Crashes = 3, CrashesADay = 2, BootsADay = 4, ThreadRestarts = 3;
        const double NativeFloorKib = 40, ManagedFloorKib = 8;
        DateTimeOffset dayAgo = home.Now.AddDays(-1), weekAgo = home.Now.AddDays(-7);
        List<Boot> ownBoots = [.. node.Boots.Since(weekAgo).Where(boot => !boot.IsOlder && !home.IsSharedBoot(node, boot))];
        int crashes = ownBoots.Count(boot => boot.IsCrash), today = ownBoots.Count(boot => boot.IsCrash && boot.At >= dayAgo);
        int boots = ownBoots.Count(boot => boot.At >= dayAgo && boot.Cause is not (ResetCause.Software or ResetCause.DeepSleep));
        double threads = Numbers.Sum(node.ThreadRestarts.Last(HourGrid.Day)), native = Numbers.Median(node.NativeFree.Last(6)), managed = Numbers.Median(node.ManagedFree.Last(6));
        bool isSafe = node.Facts.Birth?.Mode == Mode.Safe && home.SilentSince(node) == null;
        MemoryLeak? leak = MemoryLeak.Find(node, node.NativeFree);
        bool runsOut = leak is { Boots: >= 2 } || leak?.LeastKib < NativeFloorKib || managed < ManagedFloorKib;

        string othersRan = home.Nodes.Count > 1 ? " while the others ran on" : "";

        it.Needs(node.Sums.Any(sum => sum != null) || isSafe, "nothing was heard of it");
        it.Must(
            crashes >= Crashes || today >= CrashesADay || boots >= BootsADay || threads >= ThreadRestarts || isSafe || runsOut,
            $"it runs well: {Count(crashes, "crash")} in a week, {Count(boots, "start")} in a day{(double.IsNaN(native) ? "" : $", {Whole(native)} KiB of memory free")}");

        it.Expect(2, (double)crashes / Crashes, () => it.Fact(
            "crashes", "in 7 days", node, crashes,
            $"the {node.Name} node crashed {Count(crashes, "time")} within a week, last by {Names.Of(ownBoots.Last(boot => boot.IsCrash).Cause).Replace('_', ' ')}"));
        it.Expect(1, (double)ownBoots.Count / BootsADay, () => it.Fact(
            "starts", "in 7 days", node, ownBoots.Count, $"the {node.Name} node started {Count(ownBoots.Count, "time")} within a week{othersRan}"));
        it.Expect(1, threads > 0 || isSafe || node.Boots.RestartsCounted > 0, () => threads > 0
            ? it.Fact("threads started again", "in a day", node, threads, $"{Count(threads, "thread")} of the {node.Name} node had to be started again within a day")
            : it.Fact(
                "boots that ended without warning", "", node, node.Boots.RestartsCounted,
                isSafe ? $"the {node.Name} node is in safe mode after three quick crashes" : $"{Count(node.Boots.RestartsCounted, "boot")} of the {node.Name} node ended without warning"));
        it.Expect(2, runsOut ? 1 : double.IsNaN(native) && double.IsNaN(managed) ? double.NaN : 0, () => it.Series(
            "free memory", "KiB", node, leak != null ? node.NativeFree : node.ManagedFree, leak == null ? null : leak.LeastKib + leak.FallKib, leak?.LeastKib ?? managed,
            new Limit(leak != null ? NativeFloorKib : ManagedFloorKib, "KiB", "own: the firmware restarts a node with less"), null,
            leak == null
                ? $"the {node.Name} node has {Whole(managed)} KiB of memory left"
                : $"the free memory of the {node.Name} node shrinks from start to start by {Whole(leak.FallKib)} KiB, down to {Whole(leak.LeastKib)} KiB, in {Count(leak.Boots, "boot")} of the last week"));

        DateTimeOffset? since = (ownBoots.Find(boot => boot.IsCrash) ?? ownBoots.FirstOrDefault())?.At;
        it.Began(leak == null ? since : home.At(leak.Hour));
        it.Says(
            isSafe ? $"The {node.Name} node is in safe mode: it crashed three times in a row."
            : crashes > 0 ? $"The {node.Name} node crashed {Count(crashes, "time")} within a week."
            : leak != null ? $"The {node.Name} node loses memory until it restarts: {Whole(leak.LeastKib)} KiB were left."
            : ownBoots.Count > 0 ? $"The {node.Name} node started {Count(ownBoots.Count, "time")} within a week, and nobody asked it to."
            : $"Threads of the {node.Name} node hang and have to be started again.",
            ownBoots.Any(boot => boot.Cause == ResetCause.Brownout)
                ? $"Give the {node.Name} node its own power supply and another cable: it restarts because its supply voltage breaks down."
                : $"Update the {node.Name} node, and replace it if it goes on: it restarts by itself{othersRan}.");
    }

    // Silent node: nothing of it, while others are heard, and nothing before it says why.
    private static void SilentNode(Case it, NodeView node, HomeView home)
    {
        DateTimeOffset? since = home.SilentSince(node);
        List<NodeView> heard = [.. home.Nodes.Where(other => other != node && other.Last != null && home.SilentSince(other) == null)];
        bool isTold = node.Facts.Status == State.Types.Status.Offline;
        NodeView? parent = home.ParentOf(node);
        double bad = Numbers.Mean(node.LinkBad.From(node.LinkBad.Newest - 5));
        int crashes = node.Boots.Since((since ?? home.Now).AddDays(-1)).Count(boot => boot.IsCrash);
        bool isParentJustBack = parent != null && since is { } began && parent.Boots.Since(began).Any(boot => home.Now - boot.At < TimeSpan.FromHours(2));

        it.Needs(node.Last != null, "it was never heard");
        it.Must(since != null, "it is heard");
        it.Must(home.Now - since >= TimeSpan.FromHours(3), "it was heard within the last three hours");
        it.Must(heard.Count > 0 || home.Nodes.Count == 1, "no node of the home is heard");
        it.Must(!isParentJustBack, $"the node it hangs on, {parent?.Name}, started within the last two hours: it may not have found it yet");

        it.Shows(() => it.Fact(
            "silence", "hours", node, (home.Now - since!.Value).TotalHours,
            $"nothing was heard of the {node.Name} node since {home.Since(since.Value)}, for {Duration(home.Now - since.Value)}{(heard.Count == 0 ? "" : $", while {List([.. heard.Select(other => other.Name)])} {(heard.Count == 1 ? "is" : "are")} heard")}"));
        it.Expect(1, heard.Count > 0 ? 1 : double.NaN);
        it.Expect(1, isTold, () => it.Fact("connections to the broker", "", node, 0, $"the broker has told that the {node.Name} node is gone"));
        it.Expect(2, since == null ? 0 : (home.Now - since.Value).TotalHours / HourGrid.Day);
        it.Against(0.35, bad >= 50, "its uplink was weak before: it may just have lost it");
        it.Against(0.3, crashes > 0, "it crashed before");
        it.Against(0.4, parent != null && home.SilentSince(parent) != null, $"the node it hangs on, {parent?.Name}, is silent as well");
        it.Against(0.6, home.Outages.Explains(since, home.Now), "the way out failed at that time: it may not have come back yet");
        it.Against(0.2, heard.Count == 0, "there is no other node to tell whether the line is down");

        it.Began(since);
        string silentSince = since is { } s ? home.Since(s) : "some time";
        if (home.Nodes.Count == 1)
        {
            it.Says(
                $"Nothing is heard of the whole home since {silentSince}: its only node, {node.Name}, is silent.",
                $"Ask whether the lights of the gateway are on. If they are dark, the home has no power; if they are on, ask whether the {node.Name} node has light. If it has, check the line.");
            return;
        }

        it.Says(
            $"The {node.Name} node is silent since {silentSince}, while others are heard.",
            $"Ask whether the {node.Name} node was unplugged, and have it plugged in again; its light tells whether it has power{(parent == null ? "" : $" and reaches {parent.Name}")}.");
    }

    // Congested channel: other networks have filled it for as long as is known, most of the day or every evening.
    private static void CongestedChannel(Case it, ChannelView channel, HomeView home)
    {
        const double LeastRedShare = 0.12, LeastMedian = 50, LeastStep = 8, FreeBefore = 45, LeastUsual = 0.75;
        ReadOnlySpan<double> week = channel.Utilization.Last(HourGrid.Week), earlier = channel.Utilization.Before(HourGrid.Week);
        double usual = Numbers.CountKnown(earlier) < 2 * HourGrid.Day ? double.NaN : Numbers.Quantile(earlier, 0.9);
        double median = Numbers.Median(week), busy = Numbers.Quantile(week, 0.9), red = Numbers.ShareBeyond(week, home.Limits.Utilization.Value, above: true);
        double networks = Numbers.Median(channel.Networks.Last(HourGrid.Week)), foreign = ForeignNetworks(home, channel);
        Shift? step = channel.Utilization.BusyHours().ShiftOf(LeastStep);
        ChannelChoice? better = ChannelChoice.Better(home, channel);

        it.Needs(channel.Utilization.Known >= 12, UnknownLoad(channel));
        it.Needs(channel.IsFresh, StaleChannel(channel));
        it.Must(
            red >= LeastRedShare || median >= LeastMedian,
            $"channel {channel.Number} is used to {Percent(Zero(median))} as a rule and {Percent(Zero(busy))} at busy times, and full for {Percent(Zero(100 * red))} of the hours");
        it.Must(step is not { Before: < FreeBefore }, step == null ? "" : $"it was free until {home.Since(step.Hour)}: {PercentChange(step.Before, step.Now)}");
        it.Must(!(usual < LeastUsual * busy), $"it was used to {Percent(Zero(usual))} at busy times before, and is to {Percent(Zero(busy))} now");

        it.Shows(() => it.Series(
            "utilisation of the own channel", "%", null, channel.Utilization, null, median, home.Limits.Utilization, Source.BssLoad,
            $"channel {channel.Number} is used to {Percent(median)} as a rule and to {Percent(busy)} at busy times; it was full for {Percent(100 * red)} of the hours of the last week"));
        it.Expect(2, red / 0.3);
        it.Expect(2, foreign / 3, () => it.Series(
            "networks on the own channel", "access points", null, channel.Networks, null, networks, null, null, $"{Count(networks, "access point")} share channel {channel.Number}"));
        it.Expect(1, better != null, () => it.Fact(
            "better channel", "", null, better!.Channel, double.IsNaN(better.Utilization)
                ? $"on channel {better.Channel} there are {better.Networks} access points"
                : ChannelIs(better)));
        it.Expect(1, channel.Utilization.Known / (3.0 * HourGrid.Day));
        it.Against(0.5, foreign < 2 && channel.Nodes.Any(node => Correlation(node.Clients, channel.Utilization) > 0.5), "it fills when the home's own clients come, and hardly anybody else is on it");

        it.Began(step == null ? null : home.At(step.Hour));
        it.Says(
            $"Channel {channel.Number} is crowded: it is used to {Percent(Zero(median))} as a rule and to {Percent(Zero(busy))} at busy times.",
            better == null
                ? $"{OtherBand(channel)}: channel {channel.Number} is crowded, and no other channel here is clearly better."
                : $"Set the gateway to channel {better.Channel}: channel {channel.Number}, which it uses, is used to {Percent(Zero(busy))} at busy times{(double.IsNaN(better.Utilization) ? "" : $", and {ChannelIs(better)}")}.");
    }

    // New neighbour: from one day on the channel is used more at all times of day, and the home's own clients do not explain it.
    private static void NewNeighbour(Case it, ChannelView channel, HomeView home)
    {
        const double LeastStep = 8, LeastStepAlone = 18, LeastNow = 25, LeastMoreClients = 0.4, CrowdedBefore = 50;
        const int NearHours = 36, LeastHoursAlone = 3 * HourGrid.Day;
        Shift? step = channel.Utilization.BusyHours().ShiftOf(LeastStep);
        Shift? beacons = channel.Beacons.ShiftOf(0.5), networks = channel.Networks.ShiftOf(1) ?? beacons, clients = channel.Clients.WithoutTimeOfDay().ShiftOf(1);
        bool isNewAp = step != null && (IsNear(networks, step, NearHours) || IsNear(beacons, step, NearHours));
        Shift? heardNew = IsNear(networks, step, NearHours) ? networks : beacons;
        bool isOwn = step != null && clients != null && Math.Abs(clients.Hour - step.Hour) <= NearHours && clients.Size >= LeastMoreClients * Math.Max(1, clients.Before);
        double airtime = step == null ? double.NaN : Numbers.Median(channel.Airtime.From(step.Hour)) - Numbers.Median(channel.Airtime.Until(step.Hour));
        ChannelChoice? better = ChannelChoice.Better(home, channel);

        it.Needs(channel.Utilization.Known >= HourGrid.Day, UnknownLoad(channel));
        it.Needs(channel.IsFresh, StaleChannel(channel));
        it.Must(step != null, $"channel {channel.Number} is used as before: {Percent(Zero(Numbers.Median(channel.Utilization.Last(HourGrid.Day))))}");
        it.Must(isNewAp || (step?.Size >= LeastStepAlone && home.Grid.Count - step.Hour >= LeastHoursAlone), step == null ? "" : $"the use of channel {channel.Number} rose {PercentChange(step.Before, step.Now)} {home.When(step.Hour)}, and nobody new is heard on it: it may fall again");
        it.Must(step?.Now >= LeastNow, step == null ? "" : $"the use of channel {channel.Number} rose {PercentChange(step.Before, step.Now)}, which leaves room");

        it.Shows(() => it.Series(
            "utilisation of the own channel", "%", null, channel.Utilization, step!.Before, step.Now, home.Limits.FreeUtilization, Source.BssLoad,
            $"channel {channel.Number} was used to {Percent(step.Before)} and is used to {Percent(step.Now)} since {home.Since(step.Hour)}, at the same times of day"));
        it.Expect(1, step?.Clarity ?? 0);
        it.Expect(2, isNewAp, () => it.Series(
            "networks on the own channel", "access points", null, heardNew == beacons ? channel.Beacons : channel.Networks, heardNew!.Before, heardNew.Now, null, null,
            $"there were about {Short(heardNew.Before)} access points in clear reach on channel {channel.Number}, and are {Short(heardNew.Now)} since {home.Since(heardNew.Hour)}"));
        it.Expect(1, !isOwn);
        it.Expect(1, step == null ? 0 : airtime / (0.25 * step.Size), () => it.Series(
            "air time of frames that could be read", "%", null, channel.Airtime, Numbers.Median(channel.Airtime.Until(step!.Hour)), Numbers.Median(channel.Airtime.From(step.Hour)),
            null, null, "more of the air time is taken by Wi-Fi frames"));
        foreach (NodeView node in channel.Nodes)
        {
            it.ExpectNotice(1.0 / channel.Nodes.Count, node, Metric.Utilization);
        }

        it.Against(0.35, step != null && KnownHoursBefore(channel.Utilization, step.Hour) < 6 * HourGrid.Day, "the channel is not known for a whole week before");
        it.Against(0.35, step?.Before >= CrowdedBefore, "it was crowded before");
        it.Against(0.5, isOwn, $"the home's own clients became more at that time: {Short(clients?.Before ?? 0)} before, {Short(clients?.Now ?? 0)} now");

        int? began = isNewAp ? heardNew!.Hour : step?.Hour;
        it.Began(home.At(began));
        string since = began is { } first ? home.Since(first) : "", who = isNewAp ? "a new network nearby uses" : "a network nearby uses more of";
        it.Says(
            isNewAp
                ? $"Somebody new uses channel {channel.Number} since {since}: its use rose {PercentChange(step?.Before ?? 0, step?.Now ?? 0)}."
                : $"Channel {channel.Number} is used more since {since}, by somebody who was there before: its use rose {PercentChange(step?.Before ?? 0, step?.Now ?? 0)}.",
            better == null
                ? $"{OtherBand(channel)}: {who} channel {channel.Number} since {since}, and no other channel is clearly better."
                : $"Set the gateway to channel {better.Channel}: {who} channel {channel.Number} since {since}.");
    }

    // Interference: minutes in which the channel is full and frames break, and no Wi-Fi explains it. Rate control lives with one frame of ten broken; an oven
    // that runs for minutes a day breaks fewer and hurts nobody.
    private static void Interference(Case it, ChannelView channel, HomeView home)
    {
        const double LeastMinutes = 15, LeastMinutesAtOnce = 30, LeastBroken = 22, LeastMinutesWhenUnbroken = 40;
        const int LeastEpisodes = 2;
        bool countsBroken = channel.Broken.IsKnown && Numbers.Quantile(channel.Broken.All, 0.99) > 0;
        Bursts? bursts = Bursts.Of(channel, countsBroken ? LeastBroken : 0);
        double unusual = Math.Max(2, 3 * Zero(Numbers.Median(channel.Broken.All)));
        CountShift? since = CountShift.Find(new Hourly(home.Grid, hour => double.IsNaN(channel.Broken[hour]) ? double.NaN : channel.Broken[hour] >= unusual ? 1 : 0));

        it.Needs(bursts != null, UnknownLoad(channel));
        it.Must(
            bursts?.Minutes >= LeastMinutes,
            bursts?.Minutes >= 1
                ? $"something that is no Wi-Fi filled channel {channel.Number} for {Count(bursts.Minutes, "minute")} a day, which hurts nobody"
                : $"nothing but Wi-Fi was seen to fill channel {channel.Number}");
        it.Must(bursts?.Episodes >= LeastEpisodes || bursts?.Minutes >= LeastMinutesAtOnce, $"something that is no Wi-Fi filled channel {channel.Number} only once so far");
        it.Must(countsBroken || bursts?.Minutes >= LeastMinutesWhenUnbroken, $"channel {channel.Number} was full for some minutes a day, and broken frames are not counted");

        it.Shows(() => new Evidence
        {
            Metric = "bursts on the own channel",
            Unit = "minutes a day",
            Now = Math.Round(bursts!.Minutes, 1),
            Threshold = LeastMinutes,
            ThresholdSource = "own: an oven that runs for minutes hurts nobody",
            Source = Source.BssLoad,
            Age = home.Now - bursts.Utilization[^1].At,
            Text = $"Channel {channel.Number} was full in bursts for {Count(bursts.Minutes, "minute")} a day, {Count(bursts.Episodes, "time")} in the last days, and no Wi-Fi explains it.",
        });
        it.Shows(() => new Evidence
        {
            Metric = "utilisation of the own channel",
            Unit = "%",
            Now = bursts!.FullPercent,
            Threshold = home.Limits.BurstUtilization.Value,
            ThresholdSource = home.Limits.BurstUtilization.Source,
            Source = Source.BssLoad,
            Age = home.Now - bursts.Utilization[^1].At,
            Text = $"Window by window, channel {channel.Number} was used to {Percent(bursts.FullPercent)} at the height of the bursts.",
            Series = bursts.Utilization,
        });
        it.Expect(2, Zero(bursts?.Broken ?? 0) / 30, () => it.Series(
            "broken frames", "%", null, channel.Broken, bursts!.BrokenBeside, bursts.Broken + bursts.BrokenBeside, null, Source.Native,
            $"{Percent(bursts.Broken + bursts.BrokenBeside)} of the frames broke in them, and {Percent(bursts.BrokenBeside)} beside them"));
        it.Expect(1, bursts?.Repeating ?? 0, () => it.Fact("same time of day", "%", null, 100 * bursts!.Repeating, "the bursts came at about the same times on both days"));
        it.Expect(1, bursts == null ? 0 : bursts.Minutes / 30);
        it.Expect(1, channel.Number is >= 5 and <= 14);
        it.Against(0.3, channel.Is5Ghz, "ovens and the like do not reach 5 GHz");

        it.Began(home.At(since?.Hour) ?? bursts?.First);
        it.Says(
            $"Something that is no Wi-Fi fills channel {channel.Number} for {Duration(TimeSpan.FromMinutes(bursts?.Minutes ?? 0))} a day and breaks {Percent(Zero(bursts?.Broken ?? 0))} of the frames.",
            channel.Number is >= 5 and <= 14
                ? "Ask what runs at those times, a microwave oven, a baby monitor, a wireless camera: move it or the nearest node two metres away, or set the gateway to channel 1."
                : $"Ask what runs at those times, a baby monitor, a wireless camera, a wireless speaker: move it or the nearest node two metres away, or set the gateway to another {(channel.Is5Ghz ? "channel" : "channel or to 5 GHz")}.");
    }

    // WAN down: the nodes reach the gateway and nobody beyond it, all at once; or all are silent at once.
    private static void WanDown(Case it, HomeView home)
    {
        const double LeastMinutes = 20;
        TimeSpan comingBack = TimeSpan.FromMinutes(75);
        List<NodeView> heard = [.. home.Nodes.Where(node => node.Last != null)];
        double apart = heard.Count == 0 ? 0 : (heard.Max(node => node.Last!.Value) - heard.Min(node => node.Last!.Value)).TotalMinutes;
        DateTimeOffset? dark = home.IsDark ? heard.Min(node => home.SilentSince(node)) : null;
        Outages outages = home.Outages;
        string outageLength = Duration(TimeSpan.FromMinutes(outages.Minutes));
        bool isFailing = outages.Minutes >= LeastMinutes;
        bool endedWithOurs = outages.Since < home.Facts.ListeningSince && outages.Until - home.Facts.ListeningSince is { } after && after.Duration() <= comingBack;
        double weak = heard.Count == 0 ? double.NaN : heard.Max(node => Numbers.Median(node.LinkBad.From(node.LinkBad.Newest - 5)));

        it.Needs(heard.Count > 0, "nothing was ever heard of the home");
        it.Needs(home.IsDark || isFailing || heard.Exists(node => node.BrokerBad.IsKnown), "cannot tell: no node measures round trips to the broker");
        it.Must(
            home.IsDark || isFailing,
            $"the way out works: {Count(outages.Minutes, "minute")} without it in two days");
        it.Must(isFailing || home.Nodes.Count > 1, "there is one node only, which may be unplugged");

        it.Expect(2, isFailing, () => it.Series(
            "time without the way out", "% of the time", null, outages.Bad, null, Numbers.Mean(outages.Bad.Last(HourGrid.Day)), home.Limits.BrokerLatency, null,
            $"{(heard.Count == 1 ? "the node" : "most of the nodes")} reached the gateway and not the broker for {outageLength} in the last two days"));
        it.Expect(2, home.IsDark, () => it.Fact(
            "silence", "hours", null, (home.Now - dark!.Value).TotalHours, $"{(heard.Count == 2 ? "both nodes" : $"all {Count(heard.Count, "node")}")} are silent since {home.Since(dark.Value)}, for {Duration(home.Now - dark.Value)}"));
        it.Expect(1, double.IsNaN(weak) ? double.NaN : weak > 50 ? 0 : 1, () => it.Fact(
            "weak or lost uplinks", "% of the time", null, weak, "the uplinks of the nodes were good at the time", limit: home.Limits.LinkRssi));
        it.Expect(1, home.IsDark && apart <= 15, () => it.Fact("apart", "minutes", null, apart, $"all fell silent within {Count(apart, "minute")}"));
        it.Against(0.6, endedWithOurs && !home.IsDark, "it ended when the collector was connected again: the way may have been closed on our side");
        it.Against(0.25, home.IsDark && !isFailing && apart > 60, "the nodes fell silent one after another");

        it.Began(dark ?? outages.Since);
        it.Says(
            home.IsDark
                ? $"Nothing is heard of the whole home since {(dark is { } d ? home.Since(d) : "some time")}: it is cut off, or has no power."
                : $"The home worked and the way out did not, for {outageLength} in the last two days{(outages.Until < home.Now.AddMinutes(-90) ? "; it works again" : "")}.",
            home.IsDark
                ? "Ask whether the lights of the gateway are on. If they are dark, the home has no power; if they are on, check the line: all nodes fell silent at once, so it is not their Wi-Fi."
                : $"Check the line, not the Wi-Fi: the {(heard.Count == 1 ? "node" : "nodes")} reached the gateway all the time, and could not reach us.");
    }

    // At the best of times it was not good either.
    private static bool IsNeverGood(NodeView node)
    {
        const double BestDbm = -70, UsualDbm = -73, LeastBadPercent = 25;
        return Numbers.Quantile(node.LinkRssi.All, 0.9) < BestDbm && Numbers.Median(node.LinkRssi.All) <= UsualDbm && Numbers.Median(node.LinkBad.All) >= LeastBadPercent;
    }

    private static string ChannelIs(ChannelChoice choice) => choice is { Utilization: < 1, Networks: 0 }
        ? $"nobody was heard on channel {choice.Channel}"
        : $"channel {choice.Channel} is used to {Percent(choice.Utilization)}";

    private static string MoveSome(ChannelView? channel) => channel is { Is5Ghz: true } ? "put some devices on a cable" : "move some devices to 5 GHz or to a cable";

    // Of the devices that are on the channel.
    private static string OtherBand(ChannelView channel) => channel.Is5Ghz
        ? "Put what stands still, a television or a desk computer, on a cable"
        : "Move the devices that can to 5 GHz, or put them on a cable";

    private static string UnknownLoad(ChannelView channel) => channel.Utilization.Known == 0
        ? $"cannot tell: no access point on channel {channel.Number} states how much it is used"
        : $"cannot tell: how much channel {channel.Number} is used is known for {Count(channel.Utilization.Known, "hour")} only";

    private static string StaleChannel(ChannelView channel) => $"cannot tell: nothing was heard on channel {channel.Number} within a day";

    private static bool IsNear(Shift? a, Shift? b, int hours) => a != null && b != null && Math.Abs(a.Hour - b.Hour) <= hours;

    private static int KnownHoursBefore(Hourly values, int hour) => Numbers.CountKnown(values.Until(hour));

    // Its use rose, and the node's clients did not become more then.
    private static bool IsFilledByOthers(NodeView node, ChannelView channel)
    {
        const int NearHours = 48;
        Shift? use = channel.Utilization.BusyHours().ShiftOf(8), clients = node.Clients.BusyHours().ShiftOf(2);
        return use != null && !(clients != null && Math.Abs(clients.Hour - use.Hour) <= NearHours);
    }

    // Access points that are not the home's own, as far as those are known.
    private static double ForeignNetworks(HomeView home, ChannelView channel)
    {
        double networks = Numbers.Median(channel.Networks.Last(HourGrid.Week));
        int own = 1 + channel.Nodes.Count(node => !node.IsCompanion);
        return Math.Max(0, Zero(networks) - Math.Min(own, home.Nodes.Count));
    }

    private static double CountHours(Hourly values, double least, Hourly? others, double leastOther)
    {
        int count = 0;
        for (int hour = Math.Max(0, values.Grid.Count - HourGrid.Week); hour < values.Grid.Count; hour++)
        {
            count += values[hour] >= least && (others == null ? leastOther == 0 : others[hour] >= leastOther) ? 1 : 0;
        }

        return count;
    }

    private static double DaysAbove(Hourly shares, Hourly weights, double least, out int days)
    {
        int above = 0;
        days = 0;
        for (int end = shares.Grid.Count; end > 0 && end > shares.Grid.Count - HourGrid.Week; end -= HourGrid.Day)
        {
            int start = Math.Max(0, end - HourGrid.Day);
            double mean = WeightedMean(shares.All[start..end], weights.All[start..end]);
            days += double.IsNaN(mean) ? 0 : 1;
            above += mean >= least ? 1 : 0;
        }

        return days == 0 ? double.NaN : (double)above / days;
    }

    private static double WeightedMean(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        double sum = 0, weight = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i]) && weights[i] > 0)
            {
                sum += values[i] * weights[i];
                weight += weights[i];
            }
        }

        return weight == 0 ? double.NaN : sum / weight;
    }

    // Pearson's, over the last fortnight; NaN = not known.
    private static double Correlation(Hourly a, Hourly? b)
    {
        if (b == null)
        {
            return double.NaN;
        }

        double n = 0, sumA = 0, sumB = 0, squareA = 0, squareB = 0, product = 0;
        for (int hour = Math.Max(0, a.Grid.Count - (2 * HourGrid.Week)); hour < a.Grid.Count; hour++)
        {
            if (!double.IsNaN(a[hour]) && !double.IsNaN(b[hour]))
            {
                n++;
                sumA += a[hour];
                sumB += b[hour];
                squareA += a[hour] * a[hour];
                squareB += b[hour] * b[hour];
                product += a[hour] * b[hour];
            }
        }

        double spread = Math.Sqrt(Math.Max(0, ((n * squareA) - (sumA * sumA)) * ((n * squareB) - (sumB * sumB))));
        return spread == 0 ? double.NaN : ((n * product) - (sumA * sumB)) / spread;
    }

    private static double Zero(double value) => double.IsNaN(value) ? 0 : value;
}
