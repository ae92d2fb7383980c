using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GatewayAgent.Mosquitto;

/// <summary>The functions the library calls. They find their loop by the user data and let no exception out.</summary>
internal static unsafe class NativeCallbacks
{
    private const int SessionPresentFlag = 1;

    public static void Attach(MosquittoHandle handle, nint userData)
    {
        NativeMethods.UserDataSet(handle, userData);
        NativeMethods.ConnectCallbackSet(handle, &OnConnect);
        NativeMethods.PublishCallbackSet(handle, &OnPublish);
        NativeMethods.PublishV5CallbackSet(handle, &OnPublishV5);
        NativeMethods.MessageCallbackSet(handle, &OnMessage);
        NativeMethods.SubscribeCallbackSet(handle, &OnSubscribe);
        NativeMethods.UnsubscribeCallbackSet(handle, &OnUnsubscribe);
    }

    /// <summary>Hears the library's log until <see cref="IgnoreLog"/>: it tells of every packet, which costs.</summary>
    public static void HearLog(MosquittoHandle handle) => NativeMethods.LogCallbackSet(handle, &OnLog);

    public static void IgnoreLog(MosquittoHandle handle) => NativeMethods.LogCallbackSet(handle, null);

    private static MosquittoLoop Loop(nint userData) => (MosquittoLoop)GCHandle.FromIntPtr(userData).Target!;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnConnect(nint mosquitto, nint userData, int code, int flags)
    {
        MosquittoLoop loop = Loop(userData);
        try
        {
            loop.Connack(code, (flags & SessionPresentFlag) != 0);
        }
        catch (Exception fault)
        {
            loop.Fail(fault);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLog(nint mosquitto, nint userData, int level, byte* line)
    {
        MosquittoLoop loop = Loop(userData);
        try
        {
            loop.Tls.Hear(mosquitto, Marshal.PtrToStringUTF8((nint)line) ?? "");
        }
        catch (Exception fault)
        {
            loop.Fail(fault);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnPublish(nint mosquitto, nint userData, int id)
    {
        MosquittoLoop loop = Loop(userData);
        try
        {
            loop.Client.OnPublished(id);
        }
        catch (Exception fault)
        {
            loop.Fail(fault);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnPublishV5(nint mosquitto, nint userData, int id, int reason, nint properties)
    {
        MosquittoLoop loop = Loop(userData);
        try
        {
            loop.Client.OnPublishAnswered(id, reason);
        }
        catch (Exception fault)
        {
            loop.Fail(fault);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnMessage(nint mosquitto, nint userData, NativeMethods.NativeMessage* message)
    {
        MosquittoLoop loop = Loop(userData);
        try
        {
            loop.Client.OnMessage(message);
        }
        catch (Exception fault)
        {
            loop.Fail(fault);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnSubscribe(nint mosquitto, nint userData, int id, int count, int* grantedQos)
    {
        MosquittoLoop loop = Loop(userData);
        try
        {
            // One filter a SUBSCRIBE, so one answer.
            loop.Client.OnSubscribed(id, grantedQos[0]);
        }
        catch (Exception fault)
        {
            loop.Fail(fault);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnUnsubscribe(nint mosquitto, nint userData, int id)
    {
        MosquittoLoop loop = Loop(userData);
        try
        {
            loop.Client.OnUnsubscribed(id);
        }
        catch (Exception fault)
        {
            loop.Fail(fault);
        }
    }
}
