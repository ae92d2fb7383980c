using GatewayAgent.App;
using GatewayAgent.Doctor.Log;
using GatewayAgent.Doctor.Probes;

namespace GatewayAgent.Doctor.Checks;

/// <summary>What the node is provisioned with: as its log says, and as its files are.</summary>
internal sealed class SettingsCheck() : LogCheck("settings", Stage.Settings)
{
    private const string Again = "put it right and copy it to the board again: ./gw provision, nanoff --filedeployment";

    protected override Verdict JudgeRest(Evidence evidence) => evidence.Files switch
    {
        null => evidence.IsOnline ? Verdict.Fine("they led the node to the broker") : Verdict.Unknown($"{NoLog(evidence)}; --files FOLDER reads those that were provisioned"),
        { SettingsProblem: { } problem } files => Verdict.Wrong(
            files.Settings == null ? problem : $"{ProvisionedSettings.FileName}: {problem}", $"{files.PathOf(ProvisionedSettings.FileName)}, read as the firmware reads it", Again),
        { Unknown: { } name } => Verdict.Wrong(
            $"{ProvisionedSettings.FileName}: '{name}' is no setting that the firmware knows, so it skips it", "its list of settings; capitals count", Again),
        { Settings: { } settings } files => OtherName(evidence, files)
            ?? OtherBroker(evidence, files)
            ?? Verdict.Fine($"{settings.Home}/{settings.Node} at {settings.BrokerHost}:{settings.BrokerPort}, windows of {settings.WindowSeconds} s"),
        _ => Verdict.Unknown("they could not be read"),
    };

    private static Verdict? OtherName(Evidence evidence, FileEvidence files) =>
        (files.Settings!.Home, files.Settings.Node) == (evidence.Home, evidence.Node) ? null : Verdict.Wrong(
            $"the files are those of {files.Settings.Home}/{files.Settings.Node}, not of {evidence.Name}",
            $"home and node in {files.PathOf(ProvisionedSettings.FileName)}",
            "name the node or the folder that is meant; a node that has them speaks under that name");

    // By another name or address it may be the same.
    private static Verdict? OtherBroker(Evidence evidence, FileEvidence files) =>
        evidence.Request.Broker is not { } broker
        || (broker.Port == files.Settings!.BrokerPort && (broker.Host == files.Settings.BrokerHost || evidence.AsNode?.Addresses.Intersect(evidence.AsUser!.Addresses).Any() == true)) ? null : Verdict.Wrong(
            $"the node is sent to {files.Settings!.BrokerHost}:{files.Settings.BrokerPort}, and {broker.Host}:{broker.Port} was named here",
            $"brokerHost and brokerPort in {files.PathOf(ProvisionedSettings.FileName)}, and --broker",
            "if both are the same broker, name it here as the node does; otherwise provision the node with the right one");
}
