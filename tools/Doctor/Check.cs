namespace GatewayAgent.Doctor;

/// <summary>One step of the signal's way. It judges what the probes brought, and does nothing itself.</summary>
/// <param name="name">As people read it, a word or two.</param>
internal abstract class Check(string name)
{
    public string Name { get; } = name;

    public abstract Verdict Judge(Evidence evidence);
}
