using System.Runtime.InteropServices;

namespace GatewayAgent.Mosquitto;

/// <summary>The part of libmosquitto 2.0 that the binding uses. Functions that return int return a MOSQ_ERR code, 0 = success.</summary>
internal static unsafe partial class NativeMethods
{
    internal const string Library = "libmosquitto.so.1";

    internal const int ErrNoConn = 4;
    internal const int ErrTls = 8;
    internal const int ErrErrno = 14;

    internal const int OptProtocolVersion = 1;
    internal const int OptSendMaximum = 5;
    internal const int OptTcpNoDelay = 11;

    internal const int ProtocolV5 = 5;

    /// <summary>Properties of CONNECT (MQTT 5.0, 3.1.2.11).</summary>
    internal const int PropertySessionExpiryInterval = 17;

    internal const int SslVerifyNone = 0;
    internal const int SslVerifyPeer = 1;

    [LibraryImport(Library, EntryPoint = "mosquitto_lib_init")]
    internal static partial int LibraryInit();

    [LibraryImport(Library, EntryPoint = "mosquitto_strerror")]
    internal static partial byte* StrError(int code);

    [LibraryImport(Library, EntryPoint = "mosquitto_connack_string")]
    internal static partial byte* ConnackString(int code);

    [LibraryImport(Library, EntryPoint = "mosquitto_reason_string")]
    internal static partial byte* ReasonString(int code);

    [LibraryImport(Library, EntryPoint = "mosquitto_new", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial nint New(string? id, byte cleanSession, nint userData);

    [LibraryImport(Library, EntryPoint = "mosquitto_destroy")]
    internal static partial void Destroy(nint mosquitto);

    [LibraryImport(Library, EntryPoint = "mosquitto_user_data_set")]
    internal static partial void UserDataSet(MosquittoHandle mosquitto, nint userData);

    [LibraryImport(Library, EntryPoint = "mosquitto_threaded_set")]
    internal static partial int ThreadedSet(MosquittoHandle mosquitto, byte threaded);

    [LibraryImport(Library, EntryPoint = "mosquitto_int_option")]
    internal static partial int IntOption(MosquittoHandle mosquitto, int option, int value);

    [LibraryImport(Library, EntryPoint = "mosquitto_username_pw_set", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int UserNameSet(MosquittoHandle mosquitto, string? user, string? password);

    [LibraryImport(Library, EntryPoint = "mosquitto_will_set", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int WillSet(MosquittoHandle mosquitto, string topic, int length, byte* payload, int qos, byte retain);

    [LibraryImport(Library, EntryPoint = "mosquitto_tls_set", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int TlsSet(
        MosquittoHandle mosquitto, string? caFile, string? caPath, string? certFile, string? keyFile, nint passwordCallback);

    [LibraryImport(Library, EntryPoint = "mosquitto_tls_opts_set", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int TlsOptionsSet(MosquittoHandle mosquitto, int verify, string? version, string? ciphers);

    [LibraryImport(Library, EntryPoint = "mosquitto_connect", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int Connect(MosquittoHandle mosquitto, string host, int port, int keepAlive);

    [LibraryImport(Library, EntryPoint = "mosquitto_connect_bind_v5", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int ConnectV5(MosquittoHandle mosquitto, string host, int port, int keepAlive, string? bindAddress, nint properties);

    [LibraryImport(Library, EntryPoint = "mosquitto_property_add_int32")]
    internal static partial int PropertyAddInt32(nint* properties, int identifier, uint value);

    [LibraryImport(Library, EntryPoint = "mosquitto_property_free_all")]
    internal static partial void PropertyFreeAll(nint* properties);

    [LibraryImport(Library, EntryPoint = "mosquitto_disconnect")]
    internal static partial int Disconnect(MosquittoHandle mosquitto);

    [LibraryImport(Library, EntryPoint = "mosquitto_publish")]
    internal static partial int Publish(
        MosquittoHandle mosquitto, int* id, byte* topic, int length, byte* payload, int qos, byte retain);

    [LibraryImport(Library, EntryPoint = "mosquitto_subscribe", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Subscribe(MosquittoHandle mosquitto, int* id, string filter, int qos);

    [LibraryImport(Library, EntryPoint = "mosquitto_unsubscribe", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Unsubscribe(MosquittoHandle mosquitto, int* id, string filter);

    [LibraryImport(Library, EntryPoint = "mosquitto_socket")]
    internal static partial int Socket(MosquittoHandle mosquitto);

    [LibraryImport(Library, EntryPoint = "mosquitto_want_write")]
    internal static partial byte WantWrite(MosquittoHandle mosquitto);

    [LibraryImport(Library, EntryPoint = "mosquitto_loop_read", SetLastError = true)]
    internal static partial int LoopRead(MosquittoHandle mosquitto, int maxPackets);

    [LibraryImport(Library, EntryPoint = "mosquitto_loop_write", SetLastError = true)]
    internal static partial int LoopWrite(MosquittoHandle mosquitto, int maxPackets);

    [LibraryImport(Library, EntryPoint = "mosquitto_loop_misc", SetLastError = true)]
    internal static partial int LoopMisc(MosquittoHandle mosquitto);

    [LibraryImport(Library, EntryPoint = "mosquitto_connect_with_flags_callback_set")]
    internal static partial void ConnectCallbackSet(
        MosquittoHandle mosquitto, delegate* unmanaged[Cdecl]<nint, nint, int, int, void> callback);

    [LibraryImport(Library, EntryPoint = "mosquitto_publish_callback_set")]
    internal static partial void PublishCallbackSet(
        MosquittoHandle mosquitto, delegate* unmanaged[Cdecl]<nint, nint, int, void> callback);

    [LibraryImport(Library, EntryPoint = "mosquitto_publish_v5_callback_set")]
    internal static partial void PublishV5CallbackSet(
        MosquittoHandle mosquitto, delegate* unmanaged[Cdecl]<nint, nint, int, int, nint, void> callback);

    [LibraryImport(Library, EntryPoint = "mosquitto_message_callback_set")]
    internal static partial void MessageCallbackSet(
        MosquittoHandle mosquitto, delegate* unmanaged[Cdecl]<nint, nint, NativeMessage*, void> callback);

    [LibraryImport(Library, EntryPoint = "mosquitto_subscribe_callback_set")]
    internal static partial void SubscribeCallbackSet(
        MosquittoHandle mosquitto, delegate* unmanaged[Cdecl]<nint, nint, int, int, int*, void> callback);

    [LibraryImport(Library, EntryPoint = "mosquitto_unsubscribe_callback_set")]
    internal static partial void UnsubscribeCallbackSet(
        MosquittoHandle mosquitto, delegate* unmanaged[Cdecl]<nint, nint, int, void> callback);

    /// <summary>Null ends it.</summary>
    [LibraryImport(Library, EntryPoint = "mosquitto_log_callback_set")]
    internal static partial void LogCallbackSet(
        MosquittoHandle mosquitto, delegate* unmanaged[Cdecl]<nint, nint, int, byte*, void> callback);

    /// <summary>The connection's OpenSSL object; 0 = none.</summary>
    [LibraryImport(Library, EntryPoint = "mosquitto_ssl_get")]
    internal static partial nint SslGet(nint mosquitto);

    /// <summary>struct mosquitto_message.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct NativeMessage
    {
        public int Id;
        public byte* Topic;
        public byte* Payload;
        public int PayloadLength;
        public int Qos;
        public byte Retain;
    }
}
