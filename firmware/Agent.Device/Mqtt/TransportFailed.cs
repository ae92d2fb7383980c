namespace GatewayAgent.Device.Mqtt;

/// <param name="error">What failed and why; no secrets.</param>
public delegate void TransportFailed(string error);
