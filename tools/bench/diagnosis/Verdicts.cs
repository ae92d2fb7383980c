using System.Globalization;
using GatewayAgent.Insight.Diagnosis;
using GatewayAgent.VirtualDevice.Fleet;

namespace GatewayAgent.Bench.Diagnosis;

/// <summary>Holds what was said of homes against what was wrong with them.</summary>
internal sealed class Verdicts(IReadOnlyList<Life> lives)
{
    private static readonly Cause[] _causes = Enum.GetValues<Cause>();

    /// <summary>The diagnosis that is right; null = none.</summary>
    public static Cause? RightFor(TroubleKind kind) => kind switch
    {
        TroubleKind.WeakBackhaul => Cause.WeakBackhaul,
        TroubleKind.BadPlacement => Cause.BadPlacement,
        TroubleKind.CongestedChannel => Cause.CongestedChannel,
        TroubleKind.NewNeighbour => Cause.NewNeighbour,
        TroubleKind.Interference => Cause.Interference,
        TroubleKind.OverloadedAccessPoint => Cause.OverloadedAccessPoint,
        TroubleKind.WanDown => Cause.WanDown,
        TroubleKind.SickNode => Cause.SickNode,
        _ => null,
    };

    /// <summary>
    /// What was ranked first most often in the trouble, of the looks that found anything but what had no power; null = nothing was found.
    /// </summary>
    public static Cause? Of(Life life) => life.Looks
        .Where(look => look.Hours >= 0 && look.Blamed != null)
        .GroupBy(look => look.Blamed)
        .OrderByDescending(cause => cause.Count())
        .FirstOrDefault()?.Key;

    public void Print(TextWriter writer)
    {
        PrintMatrix(writer);
        PrintTimes(writer);
        PrintFalseAlarms(writer);
        double looks = lives.Sum(life => life.Looks.Count);
        writer.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"facts and assessment: {1000 * lives.Sum(life => life.Assessing.TotalSeconds) / looks:0.00} ms a home and look"));
    }

    private void PrintMatrix(TextWriter writer)
    {
        writer.WriteLine();
        writer.WriteLine("Homes by what was wrong (rows) and by what was ranked first most often while it was (columns):");
        writer.WriteLine($"{"",-22} {"none",6} {string.Join(' ', _causes.Select(cause => $"{Short(cause),6}"))}  right");
        foreach (IGrouping<TroubleKind, Life> homes in lives.GroupBy(life => life.Truth))
        {
            Cause?[] said = [.. homes.Select(Of)];
            string row = string.Join(' ', _causes.Select(cause => $"{said.Count(cause2 => cause2 == cause),6}"));
            int right = said.Count(cause => cause == RightFor(homes.Key));
            writer.WriteLine($"{homes.Key,-22} {said.Count(cause => cause == null),6} {row}  {100.0 * right / said.Length,4:0} %");
        }
    }

    private static string Short(Cause cause) => cause switch
    {
        Cause.WeakBackhaul => "backh",
        Cause.BadPlacement => "place",
        Cause.PoorCoverage => "cover",
        Cause.CongestedChannel => "congst",
        Cause.NewNeighbour => "neighb",
        Cause.Interference => "interf",
        Cause.OverloadedAccessPoint => "overld",
        Cause.WanDown => "wan",
        Cause.SickNode => "sick",
        Cause.SilentNode => "silent",
        _ => cause.ToString(),
    };

    private void PrintTimes(TextWriter writer)
    {
        writer.WriteLine();
        writer.WriteLine("Hours from the beginning of the trouble until the right cause is ranked first:");
        writer.WriteLine($"{"",-22} {"told",6} {"median",8} {"p90",8}  {"right node",10}");
        foreach (IGrouping<TroubleKind, Life> homes in lives.GroupBy(life => life.Truth).Where(homes => RightFor(homes.Key) != null))
        {
            var told = homes.Select(life => (Life: life, Look: FirstRight(life))).Where(home => home.Look != null).ToList();
            double[] hours = [.. told.Select(home => home.Look!.Hours).Order()];
            var withNode = told.Where(home => home.Life.Node != null).ToList();
            string node = withNode.Count == 0 ? "–" : $"{100.0 * withNode.Count(home => home.Look!.Node == home.Life.Node) / withNode.Count:0} %";
            writer.WriteLine(
                $"{homes.Key,-22} {100.0 * told.Count / homes.Count(),4:0} % {Quantile(hours, 0.5),8} {Quantile(hours, 0.9),8}  {node,10}");
        }
    }

    private static Look? FirstRight(Life life)
    {
        Cause? right = RightFor(life.Truth);
        foreach (Look look in life.Looks)
        {
            if (look.Hours >= 0 && look.First == right)
            {
                return look;
            }
        }

        return null;
    }

    private static string Quantile(double[] sorted, double quantile) =>
        sorted.Length == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{sorted[(int)(quantile * (sorted.Length - 1))]:0} h");

    private void PrintFalseAlarms(TextWriter writer)
    {
        var healthy = new FalseAlarms(lives.Where(life => life.Truth == TroubleKind.Healthy), _ => true);
        var before = new FalseAlarms(lives.Where(life => life.Truth != TroubleKind.Healthy), look => look.Hours < 0);
        writer.WriteLine();
        healthy.Print(writer, "healthy homes");
        before.Print(writer, "homes before their trouble");
        writer.WriteLine();
        healthy.PrintEach(writer);
        before.PrintEach(writer);
    }
}
