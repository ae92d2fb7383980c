namespace GatewayAgent.Control;

/// <summary>Whoever runs on the settings. Called from the uplink thread.</summary>
public interface ISettingsUser
{
    /// <summary>
    /// Takes other settings into use, all of them: sampling at its next tick; a changed broker ends the connection, and the next attempt is made
    /// without a pause.
    /// </summary>
    /// <param name="settings">Valid. Is not changed afterwards.</param>
    void Apply(AgentSettings settings);
}
