using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GatewayAgent.Protocol;

/// <summary>An event as JSON: names as in <c>agent.proto</c>, null where nothing is known; values in the unit of the metric.</summary>
public static class EventJson
{
    private static readonly JsonWriterOptions _options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One indented JSON object, with what is wrong with the event under <c>problems</c>.</summary>
    public static string Write(Reading<Event> reading)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, _options))
        {
            json.WriteStartObject();
            if (reading.Message is { } e)
            {
                WriteEvent(json, e);
            }

            json.WriteStartArray("problems");
            foreach (Problem problem in reading.Problems)
            {
                json.WriteStringValue(problem.ToString());
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteEvent(Utf8JsonWriter json, Event e)
    {
        json.WriteNumber("boot_id", e.BootId);
        json.WriteNumber("sequence", e.Sequence);
        json.WriteString("metric", Names.Of(e.Metric));
        json.WriteBoolean("recovered", e.Recovered);
        json.WriteNumber("at_s", e.AtS);
        json.WriteNumber("since_s", e.SinceS);
        json.WriteNumber("before_boot_s", e.BeforeBootS);
        WriteNumber(json, "boot_time", e.HasBootTime ? e.BootTime : null);
        json.WriteNumber("baseline", e.Baseline);
        json.WriteNumber("now", e.Now);
        json.WriteNumber("magnitude", e.Magnitude / 10.0);
        json.WriteStartArray("evidence");
        foreach (int value in e.Evidence)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
        json.WriteString("station", e.HasStation ? $"{e.Station:x8}" : null);
        json.WriteNumber("suppressed", e.Suppressed);
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, uint? value)
    {
        if (value is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
