using GatewayAgent.Control;

namespace GatewayAgent.Tests.Control;

/// <summary>Runs on settings and carries out commands, and remembers both.</summary>
internal sealed class RecordingUser : ISettingsUser, ICommandTarget
{
    public List<AgentSettings> Applied { get; } = [];

    public List<string> Ran { get; } = [];

    public void Apply(AgentSettings settings) => Applied.Add(settings);

    public bool SurveyNow() => Note("survey-now");

    public bool Locate(int seconds) => Note($"locate {seconds}");

    public bool Placement(bool on) => Note($"placement {on}");

    public bool ReportNow() => Note("report-now");

    public bool Reboot(string reason) => Note("reboot");

    private bool Note(string what)
    {
        Ran.Add(what);
        return true;
    }
}
