using GatewayAgent.Hardware.Flashing;
using GatewayAgent.Hardware.Tools;

namespace GatewayAgent.Gw.Flashing;

/// <summary>A line for each step and what it ran, and at a terminal how far it is.</summary>
/// <param name="isSure">Nobody is asked.</param>
/// <param name="isSimulated">Each step says so, and so do the names of the stand-ins, which stand in no folder that matters.</param>
/// <param name="stop">Ends the wait for an answer.</param>
internal sealed class FlashView(bool isSure, bool isSimulated, CancellationToken stop) : IFlashView
{
    private readonly TextWriter _out = Console.Error;
    private readonly bool _isTerminal = !Console.IsErrorRedirected;
    private FlashStep? _step;
    private int _shown;

    /// <summary>Says what the wish to stop means now.</summary>
    public void StopAsked()
    {
        if (_step is { } step && step.Writes())
        {
            Line($"asked to stop, while it is to {step.Title()}: that is finished first. Ctrl-C again ends at once; the board may then be left half written");
        }
    }

    public void Begin(FlashStep step)
    {
        _step = step;
        Line($"{Number(step)} {step.Title()}");
    }

    public void Wait(string forWhat) => Line($"      waiting for {forWhat}");

    public void Run(ToolCommand command)
    {
        _shown = 0;
        Line($"      {(isSimulated ? command with { Program = Path.GetFileName(command.Program) } : command).ToShell()}");
    }

    public void Progress(double percent)
    {
        int whole = (int)percent;
        if (_isTerminal)
        {
            _out.Write($"\rgw:       {whole,3} %\r");
        }
        else if (whole / 25 > _shown)
        {
            _shown = whole / 25;
            Line($"      {whole} %");
        }
    }

    public void Done(string what) => Line($"      {what}");

    public bool Confirm(string question)
    {
        if (isSure)
        {
            return true;
        }

        if (Console.IsInputRedirected)
        {
            throw GwException.Usage("nobody is here to confirm: say --yes");
        }

        _out.Write($"gw: {question} [y/N] ");
        return TerminalInput.ReadLine(stop)?.Trim() is "y" or "Y" or "yes";
    }

    public void Skip(FlashStep step, string why)
    {
        _step = null;
        Line($"{Number(step)} {step.Title()}: {why}");
    }

    /// <summary>What the board says, or is heard of it.</summary>
    public void Hear(string text) => Line($"      {text}");

    private string Number(FlashStep step) => $"[{(int)step + 1,2}/{FlashSteps.All.Count}{(isSimulated ? " simulated" : "")}]";

    private void Line(string text) => _out.WriteLine($"gw: {text}");
}
