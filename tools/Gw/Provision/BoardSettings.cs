using System.Text.Json.Nodes;
using GatewayAgent.Hardware.Boards;
using GatewayAgent.Provisioning.Nodes;

namespace GatewayAgent.Gw.Provision;

/// <summary>What <c>agent.json</c> says of a board: where its light, button and display are.</summary>
internal static class BoardSettings
{
    public static SettingsTemplate Of(Board board)
    {
        var members = new JsonObject();
        if (board.Pins.Light is { } light)
        {
            members["light"] = new JsonObject { ["pin"] = light.Gpio, ["count"] = light.Count };
        }

        if (board.Pins.Button is { } button)
        {
            members["button"] = new JsonObject { ["pin"] = button.Gpio };
        }

        if (board.Pins.Display is { } display)
        {
            members["display"] = new JsonObject { ["sda"] = display.Sda, ["scl"] = display.Scl, ["address"] = display.Address };
        }

        return SettingsTemplate.Of(members);
    }
}
