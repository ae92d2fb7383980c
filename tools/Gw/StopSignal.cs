using System.Runtime.InteropServices;

namespace GatewayAgent.Gw;

/// <summary>
/// Ctrl-C, SIGTERM and SIGHUP ask the command to end in order; the second of them ends it at once, as if nobody had listened.
/// </summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    /// <param name="ignoreKeyboard">Leaves Ctrl-C, which a terminal sends to children too, to the parent.</param>
    public StopSignal(bool ignoreKeyboard = false) => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, ignoreKeyboard ? context => context.Cancel = true : Handle),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, Handle),
    ];

    public CancellationToken Token => _source.Token;

    /// <summary>Asks as a signal does.</summary>
    public void Request() => _source.Cancel();

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = !_source.IsCancellationRequested;
        _source.Cancel();
    }
}
