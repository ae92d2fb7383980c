namespace GatewayAgent.Hardware.Tools;

/// <summary>Serial ports of this machine that a board may be on.</summary>
public static class SerialPorts
{
    /// <summary>Where Linux and macOS show USB serial ports.</summary>
    private static readonly (string Folder, string Pattern)[] _places = [("/dev", "ttyUSB*"), ("/dev", "ttyACM*"), ("/dev", "cu.usb*"), ("/dev", "cu.SLAB*"), ("/dev", "cu.wchusb*")];

    /// <summary>In the order of their names; always empty on Windows, where a port is to be named.</summary>
    public static IReadOnlyList<string> List() =>
        [.. _places.Where(place => Directory.Exists(place.Folder)).SelectMany(place => Directory.GetFileSystemEntries(place.Folder, place.Pattern)).Order(StringComparer.Ordinal)];

    /// <summary>The only one there is.</summary>
    /// <exception cref="HardwareException">There is none, or more than one.</exception>
    public static string TheOne(IReadOnlyList<string> ports) => ports.Count switch
    {
        1 => ports[0],
        0 => throw new HardwareException("no serial port here: plug the board in (a cable that carries data), or name it with --port"),
        _ => throw new HardwareException($"several serial ports here ({string.Join(", ", ports)}): name one with --port"),
    };
}
