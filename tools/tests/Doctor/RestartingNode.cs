using GatewayAgent.Mosquitto;
using GatewayAgent.Protocol;
using Google.Protobuf;

namespace GatewayAgent.Tests.Doctor;

/// <summary>Tells of another boot each time that somebody begins to listen to it, and a while after.</summary>
internal sealed class RestartingNode : IDisposable
{
    private readonly MosquittoClient _client;
    private readonly Timer _timer;
    private uint _boot = 0x00110001;

    public RestartingNode(int port, string name)
    {
        _client = new MosquittoClient(new MosquittoOptions { Port = port });
        _client.Connect(TimeSpan.FromSeconds(30));
        _timer = new Timer(
            _ =>
            {
                State birth = DoctorBench.Birth;
                (birth.BootId, birth.Boots, birth.ResetCause) = (++_boot, _boot & 0xFFFF, ResetCause.TaskWatchdog);
                _client.Publish($"gw/v1/{name}/state", birth.ToByteArray(), retain: true);
            },
            null,
            TimeSpan.FromMilliseconds(100),
            TimeSpan.FromMilliseconds(300));
    }

    public void Dispose()
    {
        using var ended = new ManualResetEvent(false);
        _timer.Dispose(ended);
        ended.WaitOne();
        _client.Dispose();
    }
}
