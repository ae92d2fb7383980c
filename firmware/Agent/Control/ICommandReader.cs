namespace GatewayAgent.Control;

/// <summary>Reads a command. Nothing throws, whatever the bytes are.</summary>
public interface ICommandReader
{
    /// <param name="payload">JSON as received, at most <see cref="Limits.CommandBytes"/>.</param>
    /// <param name="command">Is filled; all its fields are set anew.</param>
    void Read(byte[] payload, Command command);
}
