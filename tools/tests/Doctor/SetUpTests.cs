using System.Text.RegularExpressions;
using GatewayAgent.Doctor;
using GatewayAgent.Tests.Support;
using Xunit.Abstractions;

namespace GatewayAgent.Tests.Doctor;

/// <summary>The doctor on broken set-ups: the line it says first is the one in docs/troubleshooting.md.</summary>
public sealed partial class SetUpTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => new(SetUps.All.Keys);

    [BrokerTheory]
    [MemberData(nameof(Names))]
    public void The_right_cause_comes_first(string setUp)
    {
        using var bench = new DoctorBench();

        Examination examination = Examiner.Examine(SetUps.All[setUp](bench), default);

        string line = Stable(ExaminationText.HeadLine(examination));
        output.WriteLine($"| {setUp} | {line} |");
        Assert.NotNull(examination.First);
        Assert.False(string.IsNullOrEmpty(examination.First.Verdict.Known));
        Assert.False(string.IsNullOrEmpty(examination.First.Verdict.Todo));
        Assert.Contains($"| {setUp} | {line} |", Documentation(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_documentation_has_no_set_up_that_is_not_tried()
    {
        IEnumerable<string> rows = Documentation().Split('\n').SkipWhile(line => !line.StartsWith("| set-up |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'));

        Assert.Equal(SetUps.All.Keys, rows.Select(row => row.Split('|')[1].Trim()));
    }

    private static string Documentation() => File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "docs/troubleshooting.md"));

    // What differs from run to run.
    private static string Stable(string line)
    {
        line = Times().Replace(line, "DATE");
        line = Spans().Replace(line, "TIME");
        line = Ports().Replace(line, "127.0.0.1:PORT");
        line = Counts().Replace(line, "N");
        line = Terminals().Replace(line, "/dev/ttyUSB0");
        line = Processes().Replace(line, "PROGRAM (process N)");
        return line.Replace(Path.GetTempPath().TrimEnd('/'), "FOLDER", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)? UTC")]
    private static partial Regex Times();

    [GeneratedRegex(@"\b\d+ (boots in \d+ s|h|days|min)\b|(?<=times in )\d+ s")]
    private static partial Regex Spans();

    [GeneratedRegex(@"127\.0\.0\.1:\d{4,5}\b(?!883)")]
    private static partial Regex Ports();

    [GeneratedRegex(@"(?<=broke )\d+(?= times)")]
    private static partial Regex Counts();

    [GeneratedRegex(@"/dev/pts/\d+")]
    private static partial Regex Terminals();

    [GeneratedRegex(@"(?<=in use by ).*? \(process \d+\)")]
    private static partial Regex Processes();
}
