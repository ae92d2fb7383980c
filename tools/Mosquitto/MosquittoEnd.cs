namespace GatewayAgent.Mosquitto;

/// <summary>How a connection ended.</summary>
/// <param name="Requested">The owner asked for it; otherwise the connection was lost.</param>
/// <param name="Code">MOSQ_ERR code, 0 when there is none.</param>
/// <param name="Reason">The code in words.</param>
/// <param name="Fault">The exception of an event handler, when that is what ended the connection.</param>
public sealed record MosquittoEnd(bool Requested, int Code, string Reason, Exception? Fault = null);
