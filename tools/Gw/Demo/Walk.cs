using GatewayAgent.VirtualDevice.Homes;

namespace GatewayAgent.Gw.Demo;

/// <summary>A way through the home, in steps of half a metre, one a second of the home's time.</summary>
internal sealed class Walk
{
    private const double StepMetres = 0.5;

    private readonly List<Place> _steps = [];

    /// <param name="corners">Where it goes straight from one to the next; a change of floor is a step of its own.</param>
    public Walk(params IReadOnlyList<Place> corners)
    {
        for (int i = 1; i < corners.Count; i++)
        {
            AddLeg(corners[i - 1], corners[i]);
        }

        _steps.Add(corners[^1]);
    }

    /// <summary>Seconds it takes.</summary>
    public int Seconds => _steps.Count;

    /// <summary>From a node's place to the far corner upstairs, where it is weak, and down until it stands beside the hall's.</summary>
    public static Walk Through(Place from) =>
        new(from, new Place(0.5, 9.5, 1), new Place(4, 8, 1), new Place(4, 7.5), new Place(5.5, 5.5), new Place(6, 4.5));

    /// <summary>Where it is after some seconds; the end, from there on.</summary>
    public Place At(long second) => _steps[(int)Math.Clamp(second, 0, _steps.Count - 1)];

    private void AddLeg(Place from, Place to)
    {
        double metres = Math.Sqrt(((to.X - from.X) * (to.X - from.X)) + ((to.Y - from.Y) * (to.Y - from.Y)));
        int steps = Math.Max(1, (int)Math.Round(metres / StepMetres));
        for (int i = 0; i < steps; i++)
        {
            double share = (double)i / steps;
            _steps.Add(new Place(Math.Round(from.X + ((to.X - from.X) * share), 1), Math.Round(from.Y + ((to.Y - from.Y) * share), 1), from.Floor));
        }
    }
}
