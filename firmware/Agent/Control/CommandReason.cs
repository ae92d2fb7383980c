namespace GatewayAgent.Control;

/// <summary>Why a sound command did not run.</summary>
internal enum CommandReason
{
    None = 0,
    ClockUnknown = 1,
    TooFarAhead = 2,
    NotPossible = 3,
    FlashFailed = 4,
}
