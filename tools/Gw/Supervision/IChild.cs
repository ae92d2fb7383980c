namespace GatewayAgent.Gw.Supervision;

/// <summary>A process that has to run for as long as the command does.</summary>
internal interface IChild : IDisposable
{
    /// <summary>As people call it.</summary>
    string Name { get; }

    int ProcessId { get; }

    bool IsRunning { get; }

    /// <summary>The last line it wrote.</summary>
    string LastWords { get; }

    /// <summary>Its exit code when it ended because it cannot do what it was asked to, so that starting it again would change nothing.</summary>
    int? Refusal { get; }

    /// <summary>Starts it again after it has ended.</summary>
    void Restart();
}
