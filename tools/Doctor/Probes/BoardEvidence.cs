using GatewayAgent.Doctor.Log;

namespace GatewayAgent.Doctor.Probes;

/// <summary>What was heard at the serial port.</summary>
/// <param name="Problem">Why it could not be opened, or was lost; null = it was heard to the end.</param>
/// <param name="Lines">What the board wrote, with what it means.</param>
/// <param name="IsAnswered">The runtime answered, so that its log was on.</param>
/// <param name="Damaged">Packets that came damaged.</param>
internal sealed record BoardEvidence(string Port, string? Problem, IReadOnlyList<(string Line, LineMeaning Meaning)> Lines, bool IsAnswered, int Damaged)
{
    /// <summary>Times that the board started while it was heard.</summary>
    public int Starts => Lines.Count(line => line.Meaning.IsReset);

    /// <summary>The first line that tells of something wrong at a stage.</summary>
    public (string Line, LineMeaning Meaning)? Problems(Stage stage) =>
        Lines.Where(line => line.Meaning.Stage == stage && line.Meaning.Level == LineLevel.Error).Select(line => ((string, LineMeaning)?)line).FirstOrDefault();
}
