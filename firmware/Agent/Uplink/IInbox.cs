namespace GatewayAgent.Uplink;

/// <summary>Takes what the operator sends. Called on threads of the MQTT client: implementations only make a bounded note.</summary>
public interface IInbox
{
    void HearConfig(byte[] payload);

    void HearCommand(byte[] payload);
}
