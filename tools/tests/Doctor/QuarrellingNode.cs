using GatewayAgent.Mosquitto;
using GatewayAgent.Protocol;
using Google.Protobuf;

namespace GatewayAgent.Tests.Doctor;

/// <summary>A node that comes back whenever it is thrown out: of two with one name each throws the other out.</summary>
internal sealed class QuarrellingNode : IDisposable
{
    private static readonly TimeSpan _longEnough = TimeSpan.FromSeconds(30), _pause = TimeSpan.FromMilliseconds(200);

    private readonly MosquittoOptions _options;
    private readonly string _topic;
    private readonly ManualResetEventSlim _ends = new();
    private readonly Thread _thread;

    public QuarrellingNode(int port, string name)
    {
        _topic = $"gw/v1/{name}/state";
        _options = new MosquittoOptions
        {
            Port = port,
            ClientId = name.Split('/')[1],
            Will = new MosquittoWill(_topic, new State { Status = State.Types.Status.Offline }.ToByteArray(), 1, true),
        };
        _thread = new Thread(Live) { IsBackground = true, Name = "quarrelling node" };
        _thread.Start();
    }

    public void Dispose()
    {
        _ends.Set();
        _thread.Join();
        _ends.Dispose();
    }

    private void Live()
    {
        do
        {
            using var client = new MosquittoClient(_options);
            try
            {
                client.Connect(_longEnough);
                client.Publish(_topic, DoctorBench.Birth.ToByteArray(), retain: true);
                while (client.IsConnected && !_ends.Wait(_pause))
                {
                }
            }
            catch (MosquittoException)
            {
                // Thrown out before it could say so.
            }
        }
        while (!_ends.Wait(_pause));
    }
}
