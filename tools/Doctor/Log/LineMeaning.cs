namespace GatewayAgent.Doctor.Log;

/// <summary>How bad a line is.</summary>
public enum LineLevel
{
    /// <summary>Nothing is known of it.</summary>
    Plain,

    /// <summary>As it should be.</summary>
    Info,

    /// <summary>It may pass.</summary>
    Warning,

    Error,
}

/// <summary>How far the signal had come: the order in which things must be put right.</summary>
public enum Stage
{
    Board,
    Image,
    Flash,
    Settings,
    Wifi,
    Name,
    Connection,
    Tls,
    Login,
    Access,
    Running,
}

/// <summary>What a line of a board means.</summary>
/// <param name="Meaning">In a sentence; empty when the line says it itself.</param>
/// <param name="Todo">What to do; null = nothing.</param>
public sealed record LineMeaning(LineLevel Level, Stage Stage, string Meaning, string? Todo = null)
{
    /// <summary>The board has started anew with this line.</summary>
    public bool IsReset { get; init; }

    internal static LineMeaning Unknown { get; } = new(LineLevel.Plain, Stage.Running, "");

    internal static LineMeaning Info(Stage stage, string meaning) => new(LineLevel.Info, stage, meaning);
}
