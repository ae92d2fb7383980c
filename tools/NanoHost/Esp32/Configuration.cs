using GatewayAgent.NanoHost;

namespace nanoFramework.Hardware.Esp32;

/// <summary>Gives functions of the chip their pins.</summary>
public class Configuration
{
    public static int GetFunctionPin(DeviceFunction function) => NanoContext.Current.Board.PinOf(function);

    public static void SetPinFunction(int pin, DeviceFunction value) => NanoContext.Current.Board.SetFunction(pin, value);
}
