using System.Diagnostics;
using GatewayAgent.Doctor.Log;
using GatewayAgent.Provisioning.Serial;

namespace GatewayAgent.Doctor.Probes;

/// <summary>Listens to the board for a while.</summary>
internal static class BoardProbe
{
    public static BoardEvidence? Look(DoctorRequest request, CancellationToken cancel)
    {
        if (request.Port == null)
        {
            return null;
        }

        var lines = new List<(string, LineMeaning)>();
        BoardEvidence Heard(string? problem, BoardEar? ear) => new(request.Port, problem, lines, ear?.IsAnswered ?? false, ear?.Damaged ?? 0);
        if (PortUsers.Find(request.Port) is { } user)
        {
            return Heard($"{request.Port}: in use by {user}. Close it, and look again", null);
        }

        BoardEar? ear = null;
        try
        {
            ear = BoardEar.Open(request.Port, request.Baud);
            if (request.Restart)
            {
                ear.Restart();
            }

            for (var watch = Stopwatch.StartNew(); watch.Elapsed < request.Listen;)
            {
                cancel.ThrowIfCancellationRequested();
                lines.AddRange(ear.Hear().Select(line => (line, LineBook.Explain(line))));
            }

            return Heard(null, ear);
        }
        catch (SerialException e)
        {
            return Heard(e.Message, ear);
        }
        finally
        {
            ear?.Dispose();
        }
    }
}
