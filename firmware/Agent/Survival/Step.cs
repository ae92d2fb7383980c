namespace GatewayAgent.Survival;

/// <summary>Something that is done again and again.</summary>
/// <param name="now">Uptime, ms.</param>
/// <returns>Milliseconds until the next call.</returns>
public delegate int Step(long now);
