using GatewayAgent.Control;
using GatewayAgent.Device.Indication;
using GatewayAgent.Indication;
using GatewayAgent.Ports;

namespace GatewayAgent.App;

/// <summary>Puts together what people see and touch of this board.</summary>
public static class NodeFace
{
    /// <returns>Null when the board has neither light nor display nor button, or none that works.</returns>
    public static Indicator Open(ProvisionedSettings provisioned, NodeStatus status, AgentSettings settings, IClock clock)
    {
        ILight light = Light(provisioned.light);
        IScreen screen = Screen(provisioned.display);
        PushButton button = Button(provisioned.button, clock);
        return light == null && screen == null && button == null
            ? null
            : new Indicator(status, light, screen, button == null ? null : button.Notes, settings, clock.UptimeMs);
    }

    private static ILight Light(LightPins pins) => pins == null || pins.pin < 0 ? null : new StatusLight(pins.pin, pins.count);

    private static IScreen Screen(DisplayPins pins) =>
        pins == null || pins.sda < 0 || pins.scl < 0 ? null : StatusDisplay.Open(pins.sda, pins.scl, pins.address);

    private static PushButton Button(ButtonPins pins, IClock clock) => pins == null || pins.pin < 0 ? null : PushButton.Open(pins.pin, clock);
}
