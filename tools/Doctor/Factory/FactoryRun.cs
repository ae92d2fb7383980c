using GatewayAgent.Mosquitto;
using GatewayAgent.Protocol;

namespace GatewayAgent.Doctor.Factory;

/// <summary>Who looks at the node and presses its button.</summary>
public interface IOperator
{
    /// <summary>Asks a question that is answered with yes or no.</summary>
    /// <returns>Null when nobody answers.</returns>
    bool? Confirm(string question);

    /// <summary>Told what is under way.</summary>
    void Tell(string what);
}

/// <summary>What is tested, and where.</summary>
public sealed record FactoryRequest
{
    public required string Home { get; init; }

    public required string Node { get; init; }

    public required MosquittoOptions Broker { get; init; }

    public required FactoryLimits Limits { get; init; }

    /// <summary>Tests to leave out.</summary>
    public IReadOnlySet<string> Skip { get; init; } = new HashSet<string>();

    public string? Serial { get; init; }

    public string? Operator { get; init; }

    /// <summary>How long the node may take to answer, to visit all channels, and to start anew.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan SurveyTime { get; init; } = TimeSpan.FromSeconds(45);

    public TimeSpan RestartTime { get; init; } = TimeSpan.FromSeconds(120);
}

/// <summary>Tests one node against limits, by the commands that every node takes.</summary>
public sealed class FactoryRun
{
    /// <summary>Every test, in the order in which they are made.</summary>
    public static readonly IReadOnlyList<string> Names = ["radio", "link", "reference", "memory", "light", "display", "button", "flash"];

    private const int LocateSeconds = 30, ScanLooks = 5;

    private readonly FactoryRequest _request;
    private readonly IOperator _operator;
    private readonly CancellationToken _stop;
    private readonly NodeLink _link;
    private readonly List<FactoryTest> _tests = [];

    private FactoryRun(FactoryRequest request, IOperator op, NodeLink link, CancellationToken stop) =>
        (_request, _operator, _link, _stop) = (request, op, link, stop);

    private FactoryLimits Limits => _request.Limits;

    /// <exception cref="MosquittoException">The broker is not reachable, or does not let this user do what is needed.</exception>
    /// <exception cref="OperationCanceledException">Stopped: there is no record.</exception>
    public static FactoryRecord Test(FactoryRequest request, IOperator op, CancellationToken stop)
    {
        using NodeLink link = NodeLink.Open(request.Broker, (request.Home, request.Node), request.Patience);
        var run = new FactoryRun(request, op, link, stop);
        run.TestAll();
        bool passed = run._tests.All(test => test.Outcome != FactoryOutcome.Fail);
        return new FactoryRecord(
            DateTimeOffset.UtcNow, request.Home, request.Node, request.Serial, request.Operator, link.State?.AgentVersion, request.Limits, run._tests, passed);
    }

    private void TestAll()
    {
        _operator.Tell("waiting for the node");
        if (!_link.WaitFor(() => _link.State is { Status: State.Types.Status.Online }, _request.Patience, _stop))
        {
            _tests.Add(new FactoryTest("online", FactoryOutcome.Fail, "the broker does not hold it for connected", "online"));
            return;
        }

        TestRadio();
        TestReport();
        TestByEye("light", Limits.Light, "locate", "Does the light flash?", ("seconds", LocateSeconds));
        TestByEye("display", Limits.Display, "placement", "Does the display show the placement?", ("on", true));
        if (Limits.Button == true)
        {
            Judge("button", "a press is seen", () => Confirm("Press the button: does light or display change?"));
        }

        Judge("flash", "its boots are counted over a restart", Restart);
    }

    private void TestRadio()
    {
        State state = _link.State!;
        if (Limits.RadioAbi is { } abi)
        {
            string limit = $"ABI {abi}{(Limits.Capabilities is { } bits ? $", capabilities with 0x{bits:X}" : "")}";
            bool isGood = state.RadioAbi == abi && (Limits.Capabilities is not { } wanted || (state.Capabilities & wanted) == wanted);
            Judge("radio", limit, () => (isGood, $"ABI {state.RadioAbi}, capabilities 0x{state.Capabilities:X}"));
        }
    }

    private void TestReport()
    {
        bool isNeeded = Wants("link", Limits.LinkRssiDbm) || Wants("reference", Limits.Reference) || Wants("memory", (object?)Limits.ManagedFreeKib ?? Limits.NativeFreeKib);
        string? unheard = !Wants("reference", Limits.Reference) ? null : IsStock ? "a stock image tells no channels" : Survey();
        string? problem = !isNeeded ? "not asked for" : IsStock && Wants("link", Limits.LinkRssiDbm) ? ScanAndReport() : _link.AskReport(_request.Patience, _stop);
        Report? report = problem == null ? _link.Report : null;
        if (Limits.LinkRssiDbm is { } link)
        {
            Judge("link", $"{link} dBm", () => Value(problem, LinkRssi(report), link.Holds, "dBm"));
        }

        if (Limits.Reference is { } reference)
        {
            Judge("reference", $"{reference.RssiDbm} dBm on channel {reference.Channel}", () => Value(unheard ?? problem, Heard(report, reference.Channel), reference.RssiDbm.Holds, "dBm"));
        }

        if (Limits.ManagedFreeKib != null || Limits.NativeFreeKib != null)
        {
            Judge("memory", $"managed {Limits.ManagedFreeKib ?? 0} KiB, native {Limits.NativeFreeKib ?? 0} KiB or more free", () => Memory(problem, report));
        }
    }

    private bool Wants(string test, object? limit) => limit != null && !_request.Skip.Contains(test);

    private bool IsStock => _link.State!.RadioAbi == 0;

    // All channels are visited; the report after it holds them.
    private string? Survey()
    {
        _operator.Tell($"the node visits all channels, {_request.SurveyTime.TotalSeconds:0} s");
        string? problem = _link.Tell("survey-now", _request.Patience, _stop);
        _link.WaitFor(() => problem != null, _request.SurveyTime, _stop);
        return problem;
    }

    // A stock image hears its access point in a scan only, and scans four times an hour; while it shows a placement, three times a minute.
    private string? ScanAndReport()
    {
        _operator.Tell($"the node scans, {_request.SurveyTime.TotalSeconds:0} s at most");
        string? problem = _link.Tell("placement", _request.Patience, _stop, ("on", true));
        for (int look = 1; problem == null; look++)
        {
            problem = _link.AskReport(_request.Patience, _stop);
            if (problem != null || _link.Report!.Link != null || look == ScanLooks)
            {
                break;
            }

            _link.WaitFor(() => false, _request.SurveyTime / (ScanLooks - 1), _stop);
        }

        return _link.Tell("placement", _request.Patience, _stop, ("on", false)) is { } stuck ? problem ?? stuck : problem;
    }

    private static (bool, string) Value(string? problem, int? value, Func<int, bool> holds, string unit) =>
        problem != null ? (false, problem) : value is { } known ? (holds(known), $"{known} {unit}") : (false, "not heard");

    private static int? LinkRssi(Report? report) =>
        report?.Link != null && Histogram.TryUnpack(report.Link.RssiHistogram, HistogramScale.Rssi, out Histogram? rssi, out _) ? rssi.Percentile(50)?.Least : null;

    private static int? Heard(Report? report, int channel)
    {
        IReadOnlyList<HeardRow> rows = report?.Survey == null ? [] : HeardRows.Read(report.Survey.Heard);
        return rows.Where(row => row.Channel == channel).Max(row => row.RssiMaxDbm);
    }

    private (bool, string) Memory(string? problem, Report? report)
    {
        if (problem != null || report?.Health == null)
        {
            return (false, problem ?? "the report does not tell");
        }

        Health health = report.Health;
        bool isGood = IsEnough(Limits.ManagedFreeKib, health.HasManagedFreeKib, health.ManagedFreeKib) && IsEnough(Limits.NativeFreeKib, health.HasNativeFreeKib, health.NativeFreeKib);
        return (isGood, $"managed {Text(health.HasManagedFreeKib, health.ManagedFreeKib)}, native {Text(health.HasNativeFreeKib, health.NativeFreeKib)}");
    }

    private static bool IsEnough(uint? limit, bool isKnown, uint value) => limit == null || (isKnown && value >= limit);

    private static string Text(bool isKnown, uint kib) => isKnown ? $"{kib} KiB" : "unknown";

    private void TestByEye(string name, bool? isThere, string command, string question, (string Name, System.Text.Json.Nodes.JsonNode Value) with)
    {
        if (isThere == true)
        {
            Judge(name, "seen by the operator", () => _link.Tell(command, _request.Patience, _stop, with) is { } problem ? (false, problem) : Confirm(question));
        }
    }

    private (bool, string) Confirm(string question) => _operator.Confirm(question) switch
    {
        true => (true, "confirmed"),
        false => (false, "not seen"),
        null => (false, "nobody answered"),
    };

    // The boot record is what a node writes and reads again.
    private (bool, string) Restart()
    {
        State before = _link.State!;
        _operator.Tell("the node starts anew");
        if (_link.Tell("reboot", _request.Patience, _stop) is { } problem)
        {
            return (false, problem);
        }

        return !_link.WaitFor(() => _link.State is { Status: State.Types.Status.Online } now && now.BootId != before.BootId, _request.RestartTime, _stop)
            ? (false, $"it did not come back within {_request.RestartTime.TotalSeconds:0} s")
            : (_link.State!.Boots == before.Boots + 1, $"boot {before.Boots}, then {_link.State.Boots}");
    }

    private void Judge(string name, string limit, Func<(bool IsGood, string Measured)> test)
    {
        if (_request.Skip.Contains(name))
        {
            _tests.Add(new FactoryTest(name, FactoryOutcome.Skipped, "", limit));
            return;
        }

        (bool isGood, string measured) = test();
        _tests.Add(new FactoryTest(name, isGood ? FactoryOutcome.Pass : FactoryOutcome.Fail, measured, limit));
        _operator.Tell($"{name}: {(isGood ? "pass" : "FAIL")} ({measured})");
    }
}
