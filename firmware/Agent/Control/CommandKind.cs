namespace GatewayAgent.Control;

/// <summary>What a node can be told to do.</summary>
public enum CommandKind
{
    /// <summary>A name that this version does not know.</summary>
    Unknown = 0,
    SurveyNow = 1,
    Locate = 2,
    Placement = 3,
    ReportNow = 4,
    Reboot = 5,
}
