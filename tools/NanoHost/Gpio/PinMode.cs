namespace System.Device.Gpio;

/// <summary>Values as on the device.</summary>
public enum PinMode
{
    Input = 0,
    InputPullDown = 1,
    InputPullUp = 2,
    Output = 3,
}
