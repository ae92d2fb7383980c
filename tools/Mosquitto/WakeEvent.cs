using System.Runtime.InteropServices;

namespace GatewayAgent.Mosquitto;

/// <summary>An eventfd that ends a poll. Wakes that come before the sleeper has looked are one wake: a burst costs one system call.</summary>
internal sealed unsafe class WakeEvent : SafeHandle
{
    private int _pending;

    public WakeEvent()
        : base(-1, ownsHandle: true)
    {
        int descriptor = SystemCalls.EventFd(0, SystemCalls.EventFdNonBlockCloseOnExec);
        if (descriptor < 0)
        {
            throw new MosquittoException($"eventfd: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        SetHandle(descriptor);
    }

    public override bool IsInvalid => handle == -1;

    public int Descriptor => (int)handle;

    /// <summary>Wakes the sleeper. Safe from any thread, also while the event is being disposed.</summary>
    public void Set()
    {
        if (Interlocked.Exchange(ref _pending, 1) == 0)
        {
            Signal();
        }
    }

    /// <summary>Called by the sleeper when it wakes and before it looks for work, so that later work wakes it again.</summary>
    public void Clear()
    {
        ulong count;
        SystemCalls.Read(Descriptor, &count, sizeof(ulong));
        Interlocked.Exchange(ref _pending, 0);
    }

    protected override bool ReleaseHandle() => SystemCalls.Close((int)handle) == 0;

    private void Signal()
    {
        bool held = false;
        try
        {
            DangerousAddRef(ref held);
            ulong one = 1;
            SystemCalls.Write(Descriptor, &one, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            // Nobody sleeps any more.
        }
        finally
        {
            if (held)
            {
                DangerousRelease();
            }
        }
    }
}
