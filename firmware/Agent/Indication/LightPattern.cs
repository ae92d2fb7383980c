namespace GatewayAgent.Indication;

/// <summary>
/// Colour and rhythm of each state. No two states that ask for help share a rhythm: who cannot tell red from green counts flashes.
///
/// <code>
///   booting        white breathing          not provisioned  red    5 flashes, pause
///   no Wi-Fi       blue  1 flash, pause     locate           white and blue, fast
///   connecting     blue  even blinking      report asked     white  3 quick flashes
///   online         green steady             placement        red to green by dBm:
///   backlog        amber 2 flashes, pause     not connected / weak / fair   very fast / fast / slow blinking
///   rolled back    amber 3 flashes, pause     good                          steady
///   safe mode      red   4 flashes, pause     too close                     steady with a short gap, bluish
/// </code>
/// </summary>
public static class LightPattern
{
    private const int BreathMask = 0;

    // RRGGBB; placement mode replaces its own by that of the dBm.
    private static readonly int[] _colours =
    {
        0xFFFFFF, 0x0000FF, 0x0000FF, 0x00FF00, 0xFF8000, 0xFF8000, 0xFF0000, 0xFF0000,
        0xFFFFFF, 0xFFFFFF, 0xFF0000, 0xFF0000, 0xFFFF00, 0x00FF00, 0x00FF60,
    };

    // 10 ms a slot (8 bits), slots (8 bits), and in which of them it is lit (16 bits, the lowest first).
    private static readonly int[] _rhythms =
    {
        0x19_0C_0000, 0x14_0A_0001, 0x32_02_0001, 0x64_01_0001, 0x14_0C_0005, 0x14_0C_0015, 0x14_10_0055, 0x14_10_0155,
        0x0C_02_0001, 0x0F_08_0015, 0x0C_02_0001, 0x14_02_0001, 0x3C_02_0001, 0x64_01_0001, 0x14_0A_01FF,
    };

    /// <summary>Colour of a state, RRGGBB.</summary>
    public static int Colour(int state) => _colours[state];

    /// <summary>Colour of a backhaul RSSI, RRGGBB: red up to −82 dBm, yellow at −74, green from −66.</summary>
    public static int Colour(int state, int dbm)
    {
        if (state == NodeState.PlacementClose)
        {
            return _colours[state];
        }

        int step = dbm <= -82 ? 0 : dbm >= -66 ? 16 : dbm + 82;
        int red = step <= 8 ? 255 : 255 * (16 - step) / 8;
        int green = step >= 8 ? 255 : 255 * step / 8;
        return (red << 16) | (green << 8);
    }

    /// <summary>How bright it is, 0–255, a while after the state began.</summary>
    /// <param name="elapsed">Milliseconds.</param>
    public static int Level(int state, long elapsed)
    {
        int rhythm = _rhythms[state];
        int slots = (rhythm >> 16) & 0xFF;
        int slot = (int)((elapsed / SlotMs(rhythm)) % slots);
        if ((rhythm & 0xFFFF) != BreathMask)
        {
            return ((rhythm >> slot) & 1) * 255;
        }

        // Up and down again, never quite dark.
        int rise = slot <= slots / 2 ? slot : slots - slot;
        return 15 + (240 * rise / (slots / 2));
    }

    /// <summary>Milliseconds until the next slot begins, at least 1.</summary>
    public static int Remaining(int state, long elapsed)
    {
        int slotMs = SlotMs(_rhythms[state]);
        return slotMs - (int)(elapsed % slotMs);
    }

    private static int SlotMs(int rhythm) => ((rhythm >> 24) & 0xFF) * 10;
}
