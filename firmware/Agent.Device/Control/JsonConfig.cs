using System.Collections;
using GatewayAgent.Control;
using GatewayAgent.Detection;
using GatewayAgent.Sampling;
using GatewayAgent.Uplink;

namespace GatewayAgent.Device.Control;

/// <summary>Reads configurations with nanoFramework.Json. What is not stated is as provisioned.</summary>
public sealed class JsonConfig : IConfigReader
{
    private const string IsProvisioned = "is provisioned with the node, and cannot be configured";

    // Names that somebody may try; of the broker's section, and of the whole.
    private static readonly string[] _provisioned = new string[]
    {
        "home", "node", "ssid", "homeKey", "brokerPassword", "caCertificate", "clientCertificate", "clientKey", "user", "password",
    };

    // Those of agent.proto, from 1.
    private static readonly string[] _metrics = new string[]
    {
        "link-rssi", "utilization", "gateway-latency", "broker-latency", "disconnects", "client-rssi",
    };

    // Where a setting stands in a configuration: AgentSettings names it, its path.
    private static readonly string[] _paths = new string[]
    {
        "brokerHost", "broker.host", "brokerPort", "broker.port", "brokerTls", "broker.tls", "surveyPeriodMs", "survey.periodMs", "dwellMs", "survey.dwellMs",
        "busyUtilization", "survey.busyUtilization", "busyHoldOffMs", "survey.busyHoldOffMs", "lightBrightness", "light.brightness",
        "lightIdleBrightness", "light.idleBrightness",
    };

    public ConfigReading Read(byte[] payload, AgentSettings provisioned)
    {
        ConfigReading reading = new ConfigReading();
        JsonFields fields = JsonFields.Read(payload, Limits.ConfigValues, out string reason);
        if (fields == null)
        {
            reading.Reason = reason;
            return reading;
        }

        reading.Version = VersionOf(fields);
        AgentSettings settings = provisioned.Copy();
        Fill(settings, fields);
        reading.Reason = fields.Problem ?? PathOf(settings.Validate());
        if (reading.Reason == null)
        {
            reading.Settings = settings;
        }

        return reading;
    }

    private static int VersionOf(JsonFields fields)
    {
        int version = fields.Whole("version", 0);
        if (version >= 1)
        {
            return version;
        }

        fields.Refuse("version", "must be stated, from 1");
        return 0;
    }

    private static void Fill(AgentSettings settings, JsonFields fields)
    {
        ForbidProvisioned(fields);
        settings.WindowSeconds = fields.Whole("windowSeconds", settings.WindowSeconds);
        if (settings.FirstWindowSeconds > settings.WindowSeconds)
        {
            settings.FirstWindowSeconds = 0;
        }

        settings.Assurance = (Assurance)Choice(fields, "assurance", "collector", "broker", (int)settings.Assurance);
        FillSurvey(settings, fields);
        FillDetection(settings, fields.Section("detection"));
        FillBroker(settings, fields.Section("broker"));
        FillPrivacy(settings, fields.Section("privacy"));
        FillLight(settings, fields.Section("light"));
        fields.End();
    }

    private static void FillSurvey(AgentSettings settings, JsonFields fields)
    {
        settings.Role = (Role)Choice(fields, "role", "mesh-node", "companion", (int)settings.Role);
        JsonFields survey = fields.Section("survey");
        if (survey == null)
        {
            return;
        }

        settings.SurveyPeriodMs = survey.Whole("periodMs", settings.SurveyPeriodMs);
        settings.DwellMs = survey.Whole("dwellMs", settings.DwellMs);
        settings.BusyUtilization = survey.Whole("busyUtilization", settings.BusyUtilization);
        settings.BusyHoldOffMs = survey.Whole("busyHoldOffMs", settings.BusyHoldOffMs);
        settings.SurveyChannels2g = Channels(survey, "channels2g", true, settings.SurveyChannels2g);
        settings.SurveyChannels5g = Channels(survey, "channels5g", false, settings.SurveyChannels5g);
        survey.End();
    }

    private static void FillDetection(AgentSettings settings, JsonFields detection)
    {
        if (detection == null)
        {
            return;
        }

        DetectionSettings usual = settings.Detection;
        settings.Detection = new DetectionSettings
        {
            Enabled = detection.Flag("enabled", usual.Enabled),
            Metrics = Metrics(detection, usual.Metrics),
            Sensitivity = detection.Whole("sensitivity", usual.Sensitivity),
            HoursToAlarm = detection.Whole("hoursToAlarm", usual.HoursToAlarm),
            HoursToClear = detection.Whole("hoursToClear", usual.HoursToClear),
            EventsPerHour = detection.Whole("eventsPerHour", usual.EventsPerHour),
        };
        detection.End();
    }

    private static void FillBroker(AgentSettings settings, JsonFields broker)
    {
        if (broker == null)
        {
            return;
        }

        ForbidProvisioned(broker);
        settings.BrokerHost = broker.Text("host", settings.BrokerHost);
        settings.BrokerPort = broker.Whole("port", settings.BrokerPort);
        settings.BrokerTls = broker.Flag("tls", settings.BrokerTls);
        broker.End();
    }

    private static void FillPrivacy(AgentSettings settings, JsonFields privacy)
    {
        if (privacy == null)
        {
            return;
        }

        settings.SsidHash = privacy.Flag("ssidHash", settings.SsidHash);
        settings.StationHash = privacy.Flag("stationHash", settings.StationHash);
        privacy.End();
    }

    private static void FillLight(AgentSettings settings, JsonFields light)
    {
        if (light == null)
        {
            return;
        }

        settings.LightBrightness = light.Whole("brightness", settings.LightBrightness);
        settings.LightIdleBrightness = light.Whole("idleBrightness", settings.LightIdleBrightness);
        light.End();
    }

    private static void ForbidProvisioned(JsonFields fields)
    {
        foreach (string name in _provisioned)
        {
            fields.Forbid(name, IsProvisioned);
        }
    }

    private static int Choice(JsonFields fields, string name, string zero, string one, int standard)
    {
        string text = fields.Text(name, null);
        if (text == null)
        {
            return standard;
        }

        if (text != zero && text != one)
        {
            fields.Refuse(name, "'" + JsonFields.Shortened(text) + "' is neither " + zero + " nor " + one);
        }

        return text == zero ? 0 : 1;
    }

    private static uint Channels(JsonFields survey, string name, bool is2g, uint standard)
    {
        ArrayList list = survey.List(name);
        if (list == null)
        {
            return standard;
        }

        uint mask = 0;
        foreach (object item in list)
        {
            int place = item is int ? ChannelMap.IndexOf((int)item) : -1;
            uint bit = place < 0 ? 0 : is2g ? ChannelMap.Bit2g(place) : ChannelMap.Bit5g(place);
            if (bit == 0)
            {
                survey.Refuse(name, (item is int ? item.ToString() : "an entry") + " is no channel of this band");
            }

            mask |= bit;
        }

        return mask;
    }

    private static int Metrics(JsonFields detection, int standard)
    {
        ArrayList list = detection.List("metrics");
        if (list == null)
        {
            return standard;
        }

        int mask = 0;
        foreach (object item in list)
        {
            string name = item as string;
            int metric = 0;
            while (metric < _metrics.Length && _metrics[metric] != name)
            {
                metric++;
            }

            if (metric == _metrics.Length)
            {
                detection.Refuse("metrics", (name == null ? "an entry" : "'" + JsonFields.Shortened(name) + "'") + " is no metric");
            }

            mask |= 2 << metric;
        }

        return mask;
    }

    private static string PathOf(string problem)
    {
        int colon = problem == null ? -1 : problem.IndexOf(':');
        for (int i = 0; colon > 0 && i < _paths.Length; i += 2)
        {
            if (problem.Substring(0, colon) == _paths[i])
            {
                return _paths[i + 1] + problem.Substring(colon);
            }
        }

        return problem;
    }
}
