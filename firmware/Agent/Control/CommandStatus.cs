namespace GatewayAgent.Control;

/// <summary>What became of a command.</summary>
public enum CommandStatus
{
    /// <summary>It has been carried out.</summary>
    Done = 0,

    /// <summary>It will be carried out.</summary>
    Accepted = 1,

    /// <summary>It was not carried out and never will be. Also for the following.</summary>
    Refused = 2,
    Expired = 3,
    Unknown = 4,
}
