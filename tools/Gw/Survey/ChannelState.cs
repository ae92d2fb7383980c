namespace GatewayAgent.Gw.Survey;

/// <summary>What is known of a channel.</summary>
internal enum ChannelState
{
    /// <summary>Frames were heard.</summary>
    Heard,

    /// <summary>Listened to, and no frame could be read.</summary>
    Quiet,

    /// <summary>Not listened to: unknown.</summary>
    NotListened,
}
