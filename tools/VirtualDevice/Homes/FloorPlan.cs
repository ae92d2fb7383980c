namespace GatewayAgent.VirtualDevice.Homes;

/// <summary>A place in or around the home.</summary>
/// <param name="X">Metres.</param>
/// <param name="Y">Metres.</param>
/// <param name="Floor">0 = ground floor.</param>
public readonly record struct Place(double X, double Y, int Floor = 0);

/// <summary>A straight wall on one floor.</summary>
/// <param name="LossDb">What passing through it costs: about 4 dB for plaster, 10 dB for brick, 15 dB for concrete.</param>
public readonly record struct Wall(double X1, double Y1, double X2, double Y2, double LossDb, int Floor = 0)
{
    /// <summary>Whether a straight line between two places passes through the wall.</summary>
    public bool IsCrossedBy(Place a, Place b) =>
        Side(a.X, a.Y) * Side(b.X, b.Y) < 0
        && Turn(a, b, X1, Y1) * Turn(a, b, X2, Y2) < 0;

    private static double Turn(Place a, Place b, double x, double y) => ((b.X - a.X) * (y - a.Y)) - ((b.Y - a.Y) * (x - a.X));

    private double Side(double x, double y) => ((X2 - X1) * (y - Y1)) - ((Y2 - Y1) * (x - X1));
}

/// <summary>How radio waves fade in the home: with the logarithm of the distance, and by what stands in between.</summary>
public sealed record FloorPlan
{
    private const double FirstMetreDb = 40; // free space at 2.4 GHz
    private const double Exponent = 2.4;
    private const double FloorHeight = 2.8;
    private const double NearestMetres = 0.5;

    public required IReadOnlyList<Wall> Walls { get; init; }

    /// <summary>What passing through a ceiling costs.</summary>
    public double CeilingLossDb { get; init; } = 12;

    /// <summary>Loss between two places, dB.</summary>
    public double PathLossDb(Place a, Place b)
    {
        double height = (a.Floor - b.Floor) * FloorHeight;
        double metres = Math.Sqrt(Square(a.X - b.X) + Square(a.Y - b.Y) + Square(height));
        double loss = FirstMetreDb + (10 * Exponent * Math.Log10(Math.Max(metres, NearestMetres)));
        foreach (Wall wall in Walls)
        {
            bool isOnTheWay = wall.Floor == a.Floor || wall.Floor == b.Floor;
            loss += isOnTheWay && wall.IsCrossedBy(a, b) ? wall.LossDb : 0;
        }

        return loss + (CeilingLossDb * Math.Abs(a.Floor - b.Floor));
    }

    private static double Square(double x) => x * x;
}
