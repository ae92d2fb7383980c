using System.Runtime.InteropServices;

namespace GatewayAgent.Mosquitto;

/// <summary>A failure that libmosquitto reports, in its own words.</summary>
public class MosquittoException : Exception
{
    public MosquittoException(string message, int code = 0, Exception? inner = null)
        : base(message, inner) => Code = code;

    /// <summary>The MOSQ_ERR code, 0 when the failure is not the library's.</summary>
    public int Code { get; }

    /// <summary>Text of a MOSQ_ERR code; of the last system call where the code says to look there.</summary>
    internal static unsafe string Describe(int code)
    {
        int errno = Marshal.GetLastPInvokeError();
        return code == NativeMethods.ErrErrno && errno != 0
            ? Marshal.GetPInvokeErrorMessage(errno)
            : Marshal.PtrToStringUTF8((nint)NativeMethods.StrError(code)) ?? $"error {code}";
    }

    internal static void ThrowIfError(int code, string what)
    {
        if (code != 0)
        {
            throw new MosquittoException($"{what}: {Describe(code)}", code);
        }
    }
}
