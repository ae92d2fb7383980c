namespace GatewayAgent.App;

/// <summary>Something that is done again and again.</summary>
public interface IStep
{
    /// <param name="now">Uptime, ms.</param>
    /// <returns>Milliseconds until the next call.</returns>
    int Step(long now);
}
