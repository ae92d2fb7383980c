namespace GatewayAgent.Doctor.Log;

/// <summary>What a board has said so far, for people, and the first thing that is wrong. One thread adds, others may ask.</summary>
/// <param name="clock">Tells the time of day.</param>
/// <param name="hasColours">Of a terminal.</param>
public sealed class BoardLog(TimeProvider clock, bool hasColours)
{
    private readonly LogText _text = new(clock, hasColours);
    private readonly Lock _lock = new();
    private (string Line, LineMeaning Meaning)? _problem;

    /// <summary>Lines that were heard.</summary>
    public int Count { get; private set; }

    /// <returns>The line with its time and meaning.</returns>
    public string Add(string line)
    {
        LineMeaning meaning = LineBook.Explain(line);
        lock (_lock)
        {
            Count++;
            if (meaning.Level == LineLevel.Error && (_problem == null || meaning.Stage < _problem.Value.Meaning.Stage))
            {
                _problem = (line, meaning);
            }
        }

        return _text.Of(line);
    }

    /// <summary>Of the faults that were told, the one that must be put right first, with what to do; null = none.</summary>
    public string? FirstProblem()
    {
        lock (_lock)
        {
            return _problem is not var (line, meaning) ? null
                : $"{(meaning.Meaning.Length > 0 ? meaning.Meaning : line)}{(meaning.Todo == null ? "" : $". What to do: {meaning.Todo}")}";
        }
    }
}
