using Mono.Cecil;

namespace GatewayAgent.SurfaceCheck.Allocation;

/// <summary>The methods of the device's library that are known not to allocate. Whatever is not here is refused: the list grows by reading the library's source.</summary>
internal static class AllowedCalls
{
    private static readonly HashSet<string> _types =
    [
        "System.Math",
        "System.Threading.Interlocked",

        // nanoCLR takes its lock records from a pool that it keeps.
        "System.Threading.Monitor",
    ];

    private static readonly HashSet<string> _methods =
    [
        "nanoFramework.Hardware.Esp32.NativeMemory::GetMemoryInfo",
        "nanoFramework.Runtime.Native.GC::Run",
        "System.Array::Clear",
        "System.Array::Copy",
        "System.Array::get_Length",
        "System.Attribute::.ctor",
        "System.BitConverter::ToInt16",
        "System.BitConverter::ToInt32",
        "System.BitConverter::ToInt64",
        "System.BitConverter::ToUInt16",
        "System.BitConverter::ToUInt32",
        "System.BitConverter::ToUInt64",
        "System.DateTime::get_Ticks",
        "System.DateTime::get_UtcNow",
        "System.DateTime::ToUnixTimeSeconds",
        "System.Environment::get_TickCount64",
        "System.Object::.ctor",
        "System.Object::ReferenceEquals",
        "System.String::get_Chars",
        "System.String::get_Length",
        "System.String::op_Equality",
        "System.String::op_Inequality",
        "System.Threading.AutoResetEvent::Set",
        "System.Threading.EventWaitHandle::Reset",
        "System.Threading.EventWaitHandle::Set",
        "System.Threading.ManualResetEvent::Reset",
        "System.Threading.ManualResetEvent::Set",
        "System.TimeSpan::get_Ticks",
    ];

    public static bool Contains(MethodReference method) =>
        _types.Contains(method.DeclaringType.FullName) || _methods.Contains($"{method.DeclaringType.FullName}::{method.Name}");
}
