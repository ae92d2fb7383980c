namespace GatewayAgent.Provisioning.Improv;

/// <summary>What a packet is, as it stands in its eighth byte.</summary>
public enum ImprovPacketType : byte
{
    CurrentState = 1,
    ErrorState = 2,
    Command = 3,
    Result = 4,
}

/// <summary>What a device is asked to do.</summary>
public enum ImprovCommand : byte
{
    SendWifi = 1,
    RequestState = 2,
    RequestInfo = 3,
    RequestNetworks = 4,
}

/// <summary>How far a device is.</summary>
public enum ImprovState : byte
{
    /// <summary>It takes no credentials now.</summary>
    Stopped = 0,
    Ready = 2,
    Provisioning = 3,
    Provisioned = 4,
}

/// <summary>Why a device did not do what it was asked to.</summary>
public enum ImprovError : byte
{
    None = 0,
    InvalidPacket = 1,
    UnknownCommand = 2,
    UnableToConnect = 3,
    BadHostname = 5,
    Unknown = 0xFF,
}
