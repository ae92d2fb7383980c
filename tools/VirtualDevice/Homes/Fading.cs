namespace GatewayAgent.VirtualDevice.Homes;

/// <summary>Slow log-normal fading of every path: people and doors move. A path is the same in both directions.</summary>
internal sealed class Fading
{
    private const double SpreadDb = 2.5;
    private const double SecondsOfMemory = 40;

    private static readonly double _keep = Math.Exp(-1 / SecondsOfMemory);
    private static readonly double _renew = Math.Sqrt(1 - (_keep * _keep)) * SpreadDb;

    private readonly SeededRandom _random;
    private readonly double[] _db;

    public Fading(int emitters, SeededRandom random)
    {
        _random = random;
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
