namespace GatewayAgent.VirtualDevice.Homes;

/// <summary>Slow log-normal fading of every path: people and doors move. A path is the same in both directions.</summary>
internal sealed class Fading
{
    private const double SpreadDb = 2.5;
    private const double SecondsOfMemory = 40;

    private readonly SeededRandom _random;
    private readonly double _keep;
    private readonly double _renew;
    private readonly double[] _db;

    /// <param name="emitters">Number of senders and receivers.</param>
    /// <param name="random">Everything by chance comes from it.</param>
    /// <param name="seconds">Time between two steps.</param>
    public Fading(int emitters, SeededRandom random, double seconds = 1)
    {
        _random = random;
        _keep = Math.Exp(-seconds / SecondsOfMemory);
        _renew = Math.Sqrt(1 - (_keep * _keep)) * SpreadDb;
        _db = new double[emitters * (emitters + 1) / 2];
        for (int i = 0; i < _db.Length; i++)
        {
            _db[i] = SpreadDb * random.Gaussian();
        }
    }

    public void Step()
    {
        for (int i = 0; i < _db.Length; i++)
        {
            _db[i] = (_keep * _db[i]) + (_renew * _random.Gaussian());
        }
    }

    /// <summary>dB, positive = stronger.</summary>
    public double Between(int a, int b) => a >= b ? _db[(a * (a + 1) / 2) + b] : _db[(b * (b + 1) / 2) + a];
}
