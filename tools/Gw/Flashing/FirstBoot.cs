using GatewayAgent.Doctor;
using GatewayAgent.Doctor.Log;
using GatewayAgent.Hardware;
using GatewayAgent.Hardware.Flashing;
using GatewayAgent.Protocol;
using GatewayAgent.Provisioning.Serial;

namespace GatewayAgent.Gw.Flashing;

/// <summary>Watches the first start on the cable, as <c>monitor</c> does, and at the broker where one is named.</summary>
/// <param name="port">Of the board.</param>
/// <param name="birth">At the broker; null = only the cable tells.</param>
/// <param name="patience">How long the node may take to its broker, or without one, how long the board is heard.</param>
/// <param name="tell">Told every line.</param>
internal sealed class FirstBoot(string port, NodeBirth? birth, TimeSpan patience, Action<string> tell) : IFirstBoot
{
    public string? Node => birth?.Name;

    /// <summary>Who came.</summary>
    public static string Words(NodeBirth broker, State came)
    {
        string radio = came.RadioAbi == 0 ? "stock radio" : $"native radio V{came.RadioAbi}";
        return $"{broker.Name} is online: agent {came.AgentVersion}, {radio}, boot {came.BootId:x8}";
    }

    public uint? Now() => birth?.Now();

    public string Await(uint? before, CancellationToken stop)
    {
        var log = new BoardLog(TimeProvider.System, hasColours: !Console.IsErrorRedirected);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var heard = Task.Run(() => Hear(log, end.Token), CancellationToken.None);
        try
        {
            return birth == null ? AwaitLines(log, heard, stop) : AwaitBirth(log, birth, before, stop);
        }
        finally
        {
            end.Cancel();
            heard.GetAwaiter().GetResult();
        }
    }

    private string AwaitBirth(BoardLog log, NodeBirth broker, uint? before, CancellationToken stop)
    {
        State? came = broker.Await(before, patience, stop);
        if (came == null)
        {
            string why = log.FirstProblem() ?? "the board does not say why, or this user may not read of the node";
            throw new HardwareException($"the node did not come to its broker within {patience.TotalSeconds:0} s: {why}; ./gw doctor goes on from here");
        }

        return Words(broker, came);
    }

    // Without a broker nobody here knows when it is done: what is said at the start says most.
    private string AwaitLines(BoardLog log, Task heard, CancellationToken stop)
    {
        _ = heard.Wait(patience, stop);
        string told = log.FirstProblem() ?? (log.Count == 0 ? "the board said nothing" : "the board said nothing of a fault");
        return $"{told}. Whether the node comes to its broker: --broker and --node, or ./gw doctor";
    }

    private void Hear(BoardLog log, CancellationToken end)
    {
        try
        {
            new BoardWatch(port, DoctorRequest.NanoFrameworkBaud, tell).Follow(line => Tell(log.Add(line)), isRestarted: true, end);
        }
        catch (SerialException e)
        {
            tell($"the board cannot be heard: {e.Message}");
        }
    }

    private void Tell(string text)
    {
        foreach (string line in text.Split('\n'))
        {
            tell(line);
        }
    }
}
