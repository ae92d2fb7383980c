using System.Runtime.InteropServices;

namespace GatewayAgent.Mosquitto;

/// <summary>Owns a struct mosquitto. A call that is under way keeps it alive, so a late publish cannot touch freed memory.</summary>
internal sealed class MosquittoHandle : SafeHandle
{
    public MosquittoHandle(nint mosquitto)
        : base(0, ownsHandle: true) => SetHandle(mosquitto);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.Destroy(handle);
        return true;
    }
}
