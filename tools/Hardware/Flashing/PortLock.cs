namespace GatewayAgent.Hardware.Flashing;

/// <summary>One flashing at a time on a port: between two commands of one run, nanoff of another would find it free.</summary>
internal static class PortLock
{
    /// <returns>Held until it is disposed, or the program ends.</returns>
    /// <exception cref="HardwareException">Another run holds it.</exception>
    public static IDisposable Take(string folder, string port)
    {
        string device = File.Exists(port) && File.ResolveLinkTarget(port, returnFinalTarget: true) is { } target ? target.FullName : port;
        string name = string.Concat(device.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        return FileLock.TryTake(Path.Combine(folder, $"port{name}.lock")) ?? throw new HardwareException($"another gw flash is at work on {port}");
    }
}
