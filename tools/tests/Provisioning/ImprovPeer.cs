using System.Collections.Concurrent;
using GatewayAgent.Provisioning.Improv;
using GatewayAgent.Tests.Support;

namespace GatewayAgent.Tests.Provisioning;

/// <summary>A device on a pseudo-terminal that answers Improv Wi-Fi as a test tells it to.</summary>
internal sealed class ImprovPeer : IDisposable
{
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(20);

    private readonly PseudoTerminal _line = new();
    private readonly Func<ImprovPacket, IEnumerable<byte[]>> _answer;
    private readonly Thread _thread;
    private volatile bool _ends;

    /// <param name="answer">From a packet heard to the bytes that go back.</param>
    public ImprovPeer(Func<ImprovPacket, IEnumerable<byte[]>> answer)
    {
        _answer = answer;
        _thread = new Thread(Serve) { IsBackground = true, Name = "improv peer" };
        _thread.Start();
    }

    public string Path => _line.Path;

    public ConcurrentQueue<ImprovPacket> Heard { get; } = new();

    public static byte[] State(ImprovState state) => new ImprovPacket(ImprovPacketType.CurrentState, [(byte)state]).Encode();

    public static byte[] Error(ImprovError error) => new ImprovPacket(ImprovPacketType.ErrorState, [(byte)error]).Encode();

    /// <summary>Answers as a device that works, in the midst of its log.</summary>
    public static IEnumerable<byte[]> Sound(ImprovPacket packet) => (ImprovCommand)packet.Data[0] switch
    {
        ImprovCommand.RequestState => [Log("boot: IMPROVised\r\n"), State(ImprovState.Ready)],
        ImprovCommand.RequestInfo =>
            [Error(ImprovError.None), ImprovPacket.Result(ImprovCommand.RequestInfo, "gateway-agent", "1.2", "ESP32-C3", "hall").Encode()],
        ImprovCommand.RequestNetworks =>
        [
            ImprovPacket.Result(ImprovCommand.RequestNetworks, "Far", "-80", "NO").Encode(),
            Log("scan: 2\r\n"),
            ImprovPacket.Result(ImprovCommand.RequestNetworks, "Käthe's", "-40", "YES").Encode(),
            ImprovPacket.Result(ImprovCommand.RequestNetworks).Encode(),
        ],
        _ =>
        [
            Error(ImprovError.None),
            State(ImprovState.Provisioning),
            State(ImprovState.Provisioned),
            ImprovPacket.Result(ImprovCommand.SendWifi, "http://192.168.1.9/").Encode(),
        ],
    };

    public static byte[] Log(string line) => System.Text.Encoding.UTF8.GetBytes(line);

    public void Dispose()
    {
        _ends = true;
        _thread.Join();
        _line.Dispose();
    }

    private void Serve()
    {
        var reader = new ImprovReader();
        byte[] buffer = new byte[64];
        while (!_ends)
        {
            foreach (ImprovPacket packet in reader.Take(buffer.AsSpan(0, _line.Read(buffer, _look))))
            {
                Heard.Enqueue(packet);
                foreach (byte[] bytes in _answer(packet))
                {
                    _line.Write(bytes);
                }
            }
        }
    }
}
