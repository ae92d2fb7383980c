using GatewayAgent.Mosquitto;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt;

/// <summary>
/// Requests without an answer, in order of their making; those sent are found by the packet identifier libmosquitto gave them.
/// Sending happens under the lock, so an answer cannot overtake the entry of its packet.
/// </summary>
internal sealed class InflightTable
{
    private readonly object _gate = new();
    private readonly List<InflightRequest> _requests = [];
    private readonly Dictionary<int, (InflightRequest Request, int Part)> _byPacket = [];

    /// <returns>False when <paramref name="limit"/> requests wait already.</returns>
    public bool TryAdd(InflightRequest request, int limit)
    {
        lock (_gate)
        {
            if (_requests.Count >= limit)
            {
                return false;
            }

            _requests.Add(request);
            return true;
        }
    }

    /// <summary>Sends a request unless that is done already.</summary>
    /// <exception cref="MqttCommunicationException">libmosquitto refuses it; it is forgotten.</exception>
    public void Send(InflightRequest request, MosquittoClient mosquitto, long deadline)
    {
        lock (_gate)
        {
            if (request.Sent || !_requests.Contains(request))
            {
                return;
            }

            try
            {
                SendParts(request, mosquitto);
                request.Sent = true;
                request.Deadline = deadline;
            }
            catch (MosquittoException fault) when (mosquitto.IsConnected)
            {
                _requests.Remove(request);
                throw new MqttCommunicationException(fault);
            }
            catch (Exception fault) when (fault is MosquittoException or ObjectDisposedException)
            {
                // The connection has just been lost: the request stays until Close clears it, as on the device.
            }
        }
    }

    public InflightRequest[] Unsent()
    {
        lock (_gate)
        {
            return _requests.FindAll(request => !request.Sent).ToArray();
        }
    }

    /// <summary>Takes the answer of one packet.</summary>
    /// <param name="granted">Level of a SUBACK, otherwise null.</param>
    /// <returns>The request once its last answer is there, otherwise null.</returns>
    public InflightRequest Answer(int packet, MqttQoSLevel? granted)
    {
        lock (_gate)
        {
            if (!_byPacket.Remove(packet, out (InflightRequest Request, int Part) found))
            {
                return null;
            }

            InflightRequest request = found.Request;
            request.Granted[found.Part] = granted ?? request.Granted[found.Part];
            request.MissingAnswers--;
            return request.MissingAnswers == 0 && _requests.Remove(request) ? request : null;
        }
    }

    /// <summary>Takes out what was sent and is past its deadline.</summary>
    public InflightRequest[] Expire(long now)
    {
        lock (_gate)
        {
            InflightRequest[] late = _requests.FindAll(request => request.Sent && request.Deadline <= now).ToArray();
            Array.ForEach(late, request => _requests.Remove(request));
            return late;
        }
    }

    /// <summary>The earliest deadline of what was sent; long.MaxValue when nothing waits.</summary>
    public long NextDeadline()
    {
        lock (_gate)
        {
            return _requests.Where(request => request.Sent).Select(request => request.Deadline).DefaultIfEmpty(long.MaxValue).Min();
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _requests.Clear();
            _byPacket.Clear();
        }
    }

    private void SendParts(InflightRequest request, MosquittoClient mosquitto)
    {
        for (int part = 0; part < request.Topics.Length; part++)
        {
            string topic = request.Topics[part];
            int level = (int)request.Levels[part];
            int packet = request.Kind switch
            {
                RequestKind.Publish => mosquitto.Publish(topic, request.Message, level, request.Retain),
                RequestKind.Subscribe => mosquitto.Subscribe(topic, level),
                _ => mosquitto.Unsubscribe(topic),
            };
            _byPacket[packet] = (request, part);
        }
    }
}
