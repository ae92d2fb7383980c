namespace GatewayAgent.Mosquitto;

/// <summary>What the broker publishes when the connection ends without a DISCONNECT.</summary>
public sealed record MosquittoWill(string Topic, ReadOnlyMemory<byte> Payload, int Qos = 1, bool Retain = false);
