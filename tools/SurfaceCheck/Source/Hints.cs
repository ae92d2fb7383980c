namespace GatewayAgent.SurfaceCheck.Source;

/// <summary>What to use instead of the members that are missed most.</summary>
internal static class Hints
{
    private static readonly Dictionary<string, string> _instead = new()
    {
        ["string.Replace"] = "use StringBuilder.Replace",
        ["string.Join"] = "append to a StringBuilder",
        ["string.IsNullOrWhiteSpace"] = "use string.IsNullOrEmpty and Trim",
        ["System.Array.Sort"] = "sort in place by hand; the arrays are short",
        ["System.Array.Reverse"] = "swap in a loop",
        ["System.Array.Empty"] = "keep one static empty array",
        ["System.Environment.TickCount"] = "use Environment.TickCount64",
        ["System.Environment.NewLine"] = "write \"\\n\"",
        ["System.Threading.Monitor.Wait"] = "use an AutoResetEvent",
        ["System.Threading.Monitor.Pulse"] = "use an AutoResetEvent",
        ["System.GC.GetTotalMemory"] = "use nanoFramework.Runtime.Native.GC.Run(false), which returns the free bytes",
        ["System.GC.Collect"] = "use nanoFramework.Runtime.Native.GC.Run(true)",
        ["System.Enum.Parse"] = "switch over the names",
        ["System.Threading.Interlocked.Read"] = "Interlocked knows int only; use a lock",
        ["Buffer"] = "use Array.Copy",
        ["MathF"] = "use Math",
        ["ThreadPool"] = "use a Thread of its own with its own catch",
        ["AppDomain"] = "there is none; every thread has its own catch",
        ["Task"] = "use a Thread of its own with its own catch",
    };

    /// <summary>The hint for a member's full name or a type's name, as a full reason; null when there is none.</summary>
    public static string? For(string name) => _instead.TryGetValue(name, out string? hint) ? $"not in the device's API; {hint}" : null;
}
