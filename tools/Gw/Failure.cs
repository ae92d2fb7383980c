using GatewayAgent.Collector.Store;
using GatewayAgent.Hardware;
using GatewayAgent.Mosquitto;
using GatewayAgent.Portal;
using GatewayAgent.Provisioning;
using GatewayAgent.VirtualDevice.Captures;

namespace GatewayAgent.Gw;

/// <summary>Turns whatever ended a command into one line and an exit code. GW_DEBUG=1 shows where it came from.</summary>
internal static class Failure
{
    public static int Report(Exception e)
    {
        (int exitCode, string message) = Describe(e);
        Console.Error.WriteLine($"gw: {message}");
        if (Environment.GetEnvironmentVariable("GW_DEBUG") == "1")
        {
            Console.Error.WriteLine(e);
        }

        return exitCode;
    }

    private static (int ExitCode, string Message) Describe(Exception e) => e switch
    {
        GwException known => (known.ExitCode, known.Message),
        MosquittoException mqtt => (MosquittoLibrary.IsInstalled && MosquittoBroker.IsInstalled ? ExitCode.Problem : ExitCode.Missing, mqtt.Message),
        HardwareException or CaptureException or CollectorStoreException or PortalException or ProvisionException or IOException or UnauthorizedAccessException =>
            (ExitCode.Usage, e.Message),
        OperationCanceledException => (ExitCode.Interrupted, "interrupted"),
        _ => (ExitCode.Problem, $"unexpected: {e.Message} (GW_DEBUG=1 shows where; please report it)"),
    };
}
