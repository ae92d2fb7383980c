using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace GatewayAgent.Tests.Support;

/// <summary>
/// What the code under test says on the console goes to console.log beside the assembly of the tests. Most of it is of trouble that tests make on
/// purpose, and would read as trouble of theirs between the lines of the runner, which tells of failures by a way of its own.
/// </summary>
internal static class QuietConsole
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Nothing but a runner of tests loads this assembly, and nothing of it may run before.")]
    internal static void Divert()
    {
        var file = new FileStream(Path.Combine(AppContext.BaseDirectory, "console.log"), FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        TextWriter log = TextWriter.Synchronized(new StreamWriter(file) { AutoFlush = true });
        Console.SetOut(log);
        Console.SetError(log);
    }
}
