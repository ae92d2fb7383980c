using System.Runtime.InteropServices;

namespace GatewayAgent.Mosquitto;

/// <summary>
/// The thread of one connection: waits for the socket or a wake, lets the library read, write and keep alive, and tells the
/// end. It polls itself instead of calling mosquitto_loop, whose select cannot hold descriptors from 1024 on: a process with
/// some hundred virtual nodes has those.
/// </summary>
internal sealed unsafe class MosquittoLoop : IDisposable
{
    /// <summary>Keep-alive is counted in seconds, so the library wants to be called that often.</summary>
    private const int HousekeepingMs = 1000;

    private readonly MosquittoClient _client;
    private readonly MosquittoHandle _handle;
    private readonly WakeEvent _wake = new();
    private readonly ManualResetEventSlim _settled = new();
    private readonly ManualResetEventSlim _ended = new();
    private readonly GCHandle _self;
    private Thread? _thread;
    private Exception? _fault;
    private volatile bool _stopping;
    private volatile bool _endRequested;
    private volatile bool _connected;
    private int _claimed;
    private int _disposed;
    private int _released;

    public MosquittoLoop(MosquittoClient client, MosquittoHandle handle)
    {
        _client = client;
        _handle = handle;
        _self = GCHandle.Alloc(this);
        NativeCallbacks.Attach(handle, GCHandle.ToIntPtr(_self));
    }

    public bool IsConnected => _connected;

    /// <summary>Return code of the CONNACK, −1 before it.</summary>
    public int ConnackCode { get; private set; } = -1;

    public MosquittoEnd? End { get; private set; }

    public MosquittoClient Client => _client;

    /// <summary>Why the TLS handshake failed, if it did.</summary>
    public TlsDiagnosis Tls { get; } = new();

    /// <summary>Takes the one connection this loop is good for.</summary>
    public void Claim()
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, _client);
        if (Interlocked.Exchange(ref _claimed, 1) != 0)
        {
            throw new InvalidOperationException("a client connects once; make another for the next connection");
        }
    }

    public void Start(string name)
    {
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.Start();
    }

    public void Wake() => _wake.Set();

    public bool WaitForConnack(TimeSpan timeout) => _settled.Wait(timeout);

    public void RequestEnd() => _endRequested = true;

    /// <summary>Waits for the loop to end by itself, then cuts. On the loop thread it does not wait.</summary>
    public void WaitForEnd(TimeSpan timeout)
    {
        if (Thread.CurrentThread != _thread && !_ended.Wait(timeout))
        {
            Stop();
        }
    }

    public void Stop()
    {
        _endRequested = true;
        _stopping = true;
        _wake.Set();
        if (Thread.CurrentThread != _thread)
        {
            _thread?.Join();
        }
    }

    /// <summary>A handler may dispose its own client: then the loop frees it when it ends.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Stop();
        }

        if (Thread.CurrentThread != _thread)
        {
            _thread?.Join();
            Release();
        }
    }

    public void Connack(int code, bool sessionPresent)
    {
        NativeCallbacks.IgnoreLog(_handle);
        ConnackCode = code;
        _connected = code == 0;
        _client.OnConnack(code, sessionPresent);
        _settled.Set();
    }

    /// <summary>An exception must not travel through the library's frames: it is kept, and the loop ends.</summary>
    public void Fail(Exception fault)
    {
        _fault ??= fault;
        _stopping = true;
    }

    private void Run()
    {
        int code = Pump();
        bool requested = _endRequested && _fault == null;
        _connected = false;
        End = new MosquittoEnd(requested, code, Reason(code, requested), _fault);
        _settled.Set();
        try
        {
            _client.OnEnd(End);
        }
        finally
        {
            _ended.Set();
            if (_disposed != 0)
            {
                Release();
            }
        }
    }

    private int Pump()
    {
        while (!_stopping)
        {
            int socket = NativeMethods.Socket(_handle);
            int code = socket >= 0 ? Step(socket) : Closed();
            if (code != 0 || socket < 0)
            {
                return code;
            }
        }

        return 0;
    }

    private int Step(int socket)
    {
        SystemCalls.PollFd* descriptors = stackalloc SystemCalls.PollFd[2];
        short wanted = NativeMethods.WantWrite(_handle) != 0 ? (short)(SystemCalls.PollIn | SystemCalls.PollOut) : SystemCalls.PollIn;
        descriptors[0] = new SystemCalls.PollFd { Descriptor = socket, Events = wanted };
        descriptors[1] = new SystemCalls.PollFd { Descriptor = _wake.Descriptor, Events = SystemCalls.PollIn };
        if (SystemCalls.Poll(descriptors, 2, HousekeepingMs) < 0)
        {
            return Marshal.GetLastPInvokeError() == SystemCalls.ErrInterrupted ? 0 : NativeMethods.ErrErrno;
        }

        bool woken = descriptors[1].Returned != 0;
        if (woken)
        {
            _wake.Clear();
        }

        // Errors and hang-ups are reported by reading.
        bool readable = (descriptors[0].Returned & ~SystemCalls.PollOut) != 0;
        bool writable = (descriptors[0].Returned & SystemCalls.PollOut) != 0;
        return Serve(readable, writable || woken);
    }

    private int Serve(bool readable, bool writable)
    {
        int code = readable ? NativeMethods.LoopRead(_handle, 1) : 0;
        if (code == 0 && writable && NativeMethods.Socket(_handle) >= 0)
        {
            code = NativeMethods.LoopWrite(_handle, 1);
        }

        return code == 0 && NativeMethods.Socket(_handle) >= 0 ? NativeMethods.LoopMisc(_handle) : code;
    }

    private int Closed() => _endRequested ? 0 : NativeMethods.ErrNoConn;

    private string Reason(int code, bool requested) =>
        _fault != null ? $"a handler threw {_fault.GetType().Name}: {_fault.Message}"
        : requested ? "disconnected"
        : MosquittoException.Describe(code);

    private void Release()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            _handle.Dispose();
            _wake.Dispose();
            _self.Free();
        }
    }
}
