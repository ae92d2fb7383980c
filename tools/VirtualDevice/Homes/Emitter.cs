namespace GatewayAgent.VirtualDevice.Homes;

/// <summary>Something that sends: an access point, a node or a client.</summary>
internal class Emitter(int index, Place place, double txPowerDbm)
{
    /// <summary>Number within the home.</summary>
    public int Index { get; } = index;

    /// <summary>Locally administered address, made of the number.</summary>
    public byte[] Mac { get; } = [0x02, 0x1A, 0xF0, 0, (byte)(index >> 8), (byte)index];

    public Place Place { get; set; } = place;

    public double TxPowerDbm { get; } = txPowerDbm;
}

/// <summary>An access point: the gateway's, a node's or a neighbour's.</summary>
internal sealed class AccessPoint : Emitter
{
    private const double IndoorPowerDbm = 18;

    public AccessPoint(int index, Place place, string ssid, int channel, bool statesLoad)
        : base(index, place, IndoorPowerDbm)
    {
        Ssid = ssid;
        Channel = channel;
        Frame = new ManagementFrame(Mac, ssid, channel, statesLoad);
    }

    public string Ssid { get; }

    public int Channel { get; }

    public ManagementFrame Frame { get; }

    public bool IsUp { get; set; } = true;

    /// <summary>Stations connected to it.</summary>
    public int Stations { get; set; }

    /// <summary>Channel utilisation it measures, 0–255.</summary>
    public int Utilization { get; set; }

    /// <summary>Share of the air time its network uses, 0–1.</summary>
    public double Load { get; set; }
}

/// <summary>A device of the people who live there.</summary>
internal sealed class Client(int index, ClientScript script) : Emitter(index, default, 14)
{
    public ClientScript Script { get; } = script;

    public bool IsHome { get; set; }

    public bool IsActive { get; set; }

    /// <summary>Where it is connected; null = nowhere.</summary>
    public AccessPoint? AccessPoint { get; set; }

    public Place? PlaceAt(long second)
    {
        long moment = second % Script.PeriodSeconds;
        Place? place = Script.Timetable[0].Place;
        foreach (Stay stay in Script.Timetable)
        {
            place = stay.FromSecond <= moment ? stay.Place : place;
        }

        return place;
    }
}
