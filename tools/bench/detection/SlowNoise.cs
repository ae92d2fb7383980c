using GatewayAgent.VirtualDevice.Homes;

namespace GatewayAgent.Bench.Detection;

/// <summary>Noise with a memory (AR(1)): mean 0.</summary>
/// <param name="random">Everything by chance comes from it.</param>
/// <param name="spread">Standard deviation.</param>
/// <param name="hours">After which it has forgotten two thirds.</param>
internal sealed class SlowNoise(SeededRandom random, double spread, double hours)
{
    private readonly double _keep = Math.Exp(-1 / (hours * Calendar.WindowsAnHour));
    private double _value = spread * random.Gaussian();

    public double Next()
    {
        _value = (_keep * _value) + (Math.Sqrt(1 - (_keep * _keep)) * spread * random.Gaussian());
        return _value;
    }
}
