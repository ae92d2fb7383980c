using GatewayAgent.Reporting;

namespace GatewayAgent.DeviceTests.Fakes;

/// <summary>What an <c>Event</c> of agent.proto says.</summary>
public sealed class ReadEvent
{
    private readonly ProtoReader _proto = new ProtoReader();

    public ReadEvent(byte[] bytes, int length)
    {
        _proto.Open(bytes, 0, length);
        while (_proto.Next())
        {
            Take(_proto.Field, _proto.Value);
        }

        IsBroken = _proto.IsBroken;
    }

    public bool IsBroken { get; }

    public uint BootId { get; private set; }

    public int Sequence { get; private set; }

    public int Metric { get; private set; }

    public bool Recovered { get; private set; }

    public int At { get; private set; }

    public int Since { get; private set; }

    public uint BootTime { get; private set; }

    /// <summary>Hash of the weakest station, 0 = not told.</summary>
    public uint Station { get; private set; }

    public int Baseline { get; private set; }

    public int Now { get; private set; }

    public int Magnitude { get; private set; }

    public int Values { get; private set; }

    public int LastValue { get; private set; }

    public int Suppressed { get; private set; }

    public int BeforeBoot { get; private set; }

    private static int Unzigzag(uint value) => (int)(value >> 1) ^ -(int)(value & 1);

    private void Take(int field, uint value)
    {
        switch (field)
        {
            case 1:
                BootId = value;
                break;
            case 2:
                Sequence = (int)value;
                break;
            case 3:
                Metric = (int)value;
                break;
            case 4:
                Recovered = value != 0;
                break;
            case 5:
                At = (int)value;
                break;
            case 6:
                Since = (int)value;
                break;
            case 7:
                BootTime = value;
                break;
            case 8:
                Baseline = Unzigzag(value);
                break;
            case 9:
                Now = Unzigzag(value);
                break;
            case 10:
                Magnitude = (int)value;
                break;
            case 11:
                TakeEvidence();
                break;
            case 12:
                Station = value;
                break;
            case 13:
                Suppressed = (int)value;
                break;
            case 14:
                BeforeBoot = (int)value;
                break;
        }
    }

    private void TakeEvidence()
    {
        int outer = _proto.Enter();
        while (_proto.NextElement())
        {
            Values++;
            LastValue = Unzigzag(_proto.Value);
        }

        _proto.Leave(outer);
    }
}
