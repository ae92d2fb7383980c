namespace System.Device.Gpio;

/// <summary>Values as on the device.</summary>
[Flags]
public enum PinEventTypes
{
    None = 0,
    Rising = 1,
    Falling = 2,
}
