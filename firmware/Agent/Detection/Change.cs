namespace GatewayAgent.Detection;

/// <summary>What a value has changed about its metric.</summary>
public enum Change
{
    None,

    /// <summary>It has got worse than its baseline.</summary>
    Worse,

    /// <summary>It is back at its baseline, or has been elsewhere for so long that the baseline has moved there.</summary>
    Recovered,
}
