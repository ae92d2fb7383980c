using System.Runtime.InteropServices;

namespace GatewayAgent.Mosquitto;

/// <summary>The broker answered CONNECT with a refusal.</summary>
public sealed class MosquittoRefusedException : MosquittoException
{
    internal MosquittoRefusedException(string broker, int returnCode)
        : base($"{broker} refused the connection: {Text(returnCode)}") => ReturnCode = returnCode;

    /// <summary>Return code of the CONNACK, MQTT 3.1.1 table 3.1: 1 protocol, 2 client id, 3 unavailable, 4 user or password, 5 not authorised.</summary>
    public int ReturnCode { get; }

    private static unsafe string Text(int returnCode) =>
        Marshal.PtrToStringUTF8((nint)NativeMethods.ConnackString(returnCode)) ?? $"return code {returnCode}";
}
