using GatewayAgent.VirtualDevice.Homes;

namespace GatewayAgent.VirtualDevice.Fleet;

/// <summary>Noise with a memory (AR(1)): mean 0.</summary>
/// <param name="random">Everything by chance comes from it.</param>
/// <param name="spread">Standard deviation.</param>
/// <param name="hours">After which it has forgotten two thirds.</param>
/// <param name="stepSeconds">Time between two values.</param>
internal sealed class SlowNoise(SeededRandom random, double spread, double hours, int stepSeconds)
{
    private readonly double _keep = Math.Exp(-stepSeconds / (hours * HomeCalendar.HourSeconds));
    private double _value = spread * random.Gaussian();

    public double Next()
    {
        _value = (_keep * _value) + (Math.Sqrt(1 - (_keep * _keep)) * spread * random.Gaussian());
        return _value;
    }
}
