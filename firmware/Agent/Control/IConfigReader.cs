namespace GatewayAgent.Control;

/// <summary>Reads a configuration. Nothing throws, whatever the bytes are.</summary>
public interface IConfigReader
{
    /// <summary>Reads and checks a configuration as a whole.</summary>
    /// <param name="payload">JSON as received.</param>
    /// <param name="provisioned">What holds for every field that the configuration does not state. Stays as it is.</param>
    ConfigReading Read(byte[] payload, AgentSettings provisioned);
}
