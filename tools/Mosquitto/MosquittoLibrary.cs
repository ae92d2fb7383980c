using System.Runtime.InteropServices;

namespace GatewayAgent.Mosquitto;

/// <summary>Loads and initialises libmosquitto once a process.</summary>
public static class MosquittoLibrary
{
    private static readonly Lazy<bool> _initialised = new(Initialise);

    /// <summary>True when libmosquitto is installed.</summary>
    public static bool IsInstalled => NativeLibrary.TryLoad(NativeMethods.Library, out _);

    /// <summary>Returns once the library is ready.</summary>
    /// <exception cref="MosquittoException">The library is missing; the message names the package to install.</exception>
    public static void Require()
    {
        Require(NativeMethods.Library);
        _ = _initialised.Value;
    }

    internal static void Require(string library)
    {
        if (!NativeLibrary.TryLoad(library, out _))
        {
            throw new MosquittoException(
                $"{library} is missing. It is in the Debian package libmosquitto1: apt-get install libmosquitto1");
        }
    }

    private static bool Initialise()
    {
        MosquittoException.ThrowIfError(NativeMethods.LibraryInit(), "cannot initialise libmosquitto");
        return true;
    }
}
