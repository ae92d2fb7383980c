using GatewayAgent.Control;
using GatewayAgent.Ports;

namespace GatewayAgent.DeviceTests.Fakes;

/// <summary>
/// The control of a node between a flash and doubles that write down what is asked of them. In place of JSON a configuration is its version as
/// digits ("!7": version 7, refused) and a command its letters: kind, identifier, expiry.
/// </summary>
public sealed class ControlledNode : IConfigReader, ICommandReader, ISettingsUser, ICommandTarget
{
    public const uint Now = 1700000000;

    private readonly byte[] _buffer = new byte[512];

    public ControlledNode(IFlash flash)
    {
        Flash = flash;
        Start();
    }

    public IFlash Flash { get; }

    public FakeClock Clock { get; } = new FakeClock { UnixSeconds = Now };

    public FakeTransport Transport { get; } = new FakeTransport();

    public ConfigStore Store { get; private set; }

    public ControlInbox Inbox { get; private set; }

    public Controller Controller { get; private set; }

    /// <summary>What the node runs on.</summary>
    public AgentSettings Running { get; private set; }

    /// <summary>What was carried out, a letter each.</summary>
    public string Ran { get; private set; } = string.Empty;

    /// <summary>Whether commands can be carried out.</summary>
    public bool Can { get; set; } = true;

    /// <summary>What was sent last, and where.</summary>
    public string Sent { get; private set; }

    public string SentTo { get; private set; }

    /// <summary>Begins a boot on what flash holds.</summary>
    public void Start()
    {
        Ran = string.Empty;
        AgentSettings provisioned = new AgentSettings { Home = "h1", Node = "n1", BrokerHost = "b", WindowSeconds = 60 };
        Store = new ConfigStore(Flash, this, provisioned);
        Running = Store.Load();
        Inbox = new ControlInbox();
        ConfigLife life = new ConfigLife(Store, Clock, Transport, this, this);
        Controller = new Controller("config/state", "cmd/result", Inbox, life, new CommandDesk(this, this, Clock, Flash));
    }

    public void HearConfig(string payload)
    {
        Inbox.HearConfig(Ascii.Bytes(payload));
        Step();
    }

    public void HearCommand(string kind, string id, uint expires)
    {
        Inbox.HearCommand(Ascii.Bytes(kind + " " + id + " " + expires.ToString()));
        Step();
    }

    public void Step() => Controller.Step(Clock.UptimeMs);

    public void Pass(int milliseconds)
    {
        Clock.UptimeMs += milliseconds;
        Step();
    }

    /// <summary>Sends the next packet.</summary>
    /// <returns>False when there was none.</returns>
    public bool Send()
    {
        int length = Controller.Next(Clock.UptimeMs, _buffer);
        Sent = length == 0 ? null : Ascii.Text(_buffer, 0, length);
        SentTo = Controller.Topic;
        return length > 0;
    }

    /// <summary>Sends all there is, and has it acknowledged.</summary>
    /// <returns>The last packet.</returns>
    public string SendAll()
    {
        string last = null;
        while (Send())
        {
            last = Sent;
            Controller.Acknowledged(Clock.UptimeMs);
            Step();
        }

        return last;
    }

    public ConfigReading Read(byte[] payload, AgentSettings provisioned)
    {
        string text = Ascii.Text(payload, 0, payload.Length);
        bool sound = text[0] != '!';
        ConfigReading reading = new ConfigReading { Version = (int)Ascii.Number(sound ? text : text.Substring(1)) };
        if (!sound)
        {
            reading.Reason = "windowSeconds: no";
            return reading;
        }

        reading.Settings = provisioned.Copy();
        reading.Settings.WindowSeconds = 60 + reading.Version;
        return reading;
    }

    public void Read(byte[] payload, Command command)
    {
        command.Clear();
        string[] parts = Ascii.Text(payload, 0, payload.Length).Split(' ');
        command.Id = parts[1];
        command.Name = parts[0];
        command.Kind = (CommandKind)"?slprb".IndexOf(parts[0]);
        command.Expires = Ascii.Number(parts[2]);
        command.Reason = parts[0] == "!" ? "seconds: no" : null;
    }

    public void Apply(AgentSettings settings) => Running = settings;

    public bool SurveyNow() => Note('s');

    public bool Locate(int seconds) => Note('l');

    public bool Placement(bool on) => Note('p');

    public bool ReportNow() => Note('r');

    public bool Reboot(string reason) => Note('b');

    private bool Note(char what)
    {
        if (Can)
        {
            Ran += what;
        }

        return Can;
    }
}
