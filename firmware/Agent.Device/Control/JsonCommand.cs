using GatewayAgent.Control;

namespace GatewayAgent.Device.Control;

/// <summary>Reads commands with nanoFramework.Json.</summary>
public sealed class JsonCommand : ICommandReader
{
    // Place = CommandKind.
    private static readonly string[] _names = new string[] { null, "survey-now", "locate", "placement", "report-now", "reboot" };

    public void Read(byte[] payload, Command command)
    {
        command.Clear();
        JsonFields fields = JsonFields.Read(payload, Limits.CommandValues, out string reason);
        if (fields == null)
        {
            command.Reason = reason;
            return;
        }

        command.Id = IdOf(fields);
        command.Name = NameOf(fields);
        command.Kind = KindOf(command.Name);
        command.Expires = fields.Time("expires");
        if (command.Kind != CommandKind.Unknown)
        {
            ReadArguments(fields, command);
            fields.End();
        }

        command.Reason = fields.Problem;
    }

    private static void ReadArguments(JsonFields fields, Command command)
    {
        if (command.Kind == CommandKind.Placement)
        {
            Require(fields, "on");
            command.On = fields.Flag("on", false);
        }
        else if (command.Kind == CommandKind.Locate)
        {
            Require(fields, "seconds");
            command.Seconds = fields.Whole("seconds", 1);
            if (command.Seconds < 1 || command.Seconds > Limits.LocateMaxSeconds)
            {
                fields.Refuse("seconds", command.Seconds.ToString() + " is not within 1–" + Limits.LocateMaxSeconds.ToString());
            }
        }
    }

    // An identifier that cannot be given back as it came is given back as none.
    private static string IdOf(JsonFields fields)
    {
        string id = fields.Text("id", string.Empty);
        bool sound = id.Length > 0 && id.Length <= Limits.CommandIdChars;
        for (int i = 0; sound && i < id.Length; i++)
        {
            sound = AgentSettings.IsIdentifierChar(id[i]);
        }

        if (sound)
        {
            return id;
        }

        fields.Refuse("id", "must be 1–" + Limits.CommandIdChars.ToString() + " of A–Z a–z 0–9 . _ -");
        return string.Empty;
    }

    private static string NameOf(JsonFields fields)
    {
        Require(fields, "cmd");
        return JsonFields.Shortened(fields.Text("cmd", string.Empty));
    }

    private static CommandKind KindOf(string name)
    {
        for (int i = 1; i < _names.Length; i++)
        {
            if (_names[i] == name)
            {
                return (CommandKind)i;
            }
        }

        return CommandKind.Unknown;
    }

    private static void Require(JsonFields fields, string name)
    {
        if (!fields.Has(name))
        {
            fields.Refuse(name, "is missing");
        }
    }
}
