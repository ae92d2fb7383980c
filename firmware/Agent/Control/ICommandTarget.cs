namespace GatewayAgent.Control;

/// <summary>
/// What carries commands out. Called from the uplink thread; no method throws or waits for long. False: this node cannot do that, as it is built.
/// </summary>
public interface ICommandTarget
{
    /// <summary>Begins a survey of all channels at the next tick, whatever the schedule and the busy hold-off say.</summary>
    bool SurveyNow();

    /// <summary>Lets the node show itself.</summary>
    bool Locate(int seconds);

    /// <summary>Shows the quality of the backhaul, or ends that.</summary>
    bool Placement(bool on);

    /// <summary>Closes the window at the next tick, so that a report goes.</summary>
    bool ReportNow();

    /// <summary>Starts the node anew once the outbox is safe.</summary>
    bool Reboot(string reason);
}
