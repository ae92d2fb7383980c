using System.Globalization;
using System.Text;

namespace GatewayAgent.Portal.Metrics;

/// <summary>Writes the text format of Prometheus (version 0.0.4).</summary>
internal sealed class MetricsText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    /// <summary>A count that only grows; its name ends with <c>_total</c>.</summary>
    public void Counter(string name, string help, double value) => Family(name, "counter", help, [("", value)]);

    public void Counter(string name, string help, string label, IEnumerable<(string Value, double Count)> samples) =>
        Family(name, "counter", help, samples.Select(sample => (Labels(label, sample.Value), sample.Count)));

    /// <summary>A value that goes up and down; absent while it is not known.</summary>
    public void Gauge(string name, string help, double? value)
    {
        if (value is { } known)
        {
            Family(name, "gauge", help, [("", known)]);
        }
    }

    public void Gauge(string name, string help, string label, IEnumerable<(string Value, double Count)> samples) =>
        Family(name, "gauge", help, samples.Select(sample => (Labels(label, sample.Value), sample.Count)));

    /// <summary>How many there were and what they add up to.</summary>
    public void Summary(string name, string help, double sum, double count)
    {
        Head(name, "summary", help);
        Line($"{name}_sum", "", sum);
        Line($"{name}_count", "", count);
    }

    private void Family(string name, string type, string help, IEnumerable<(string Labels, double Value)> samples)
    {
        Head(name, type, help);
        foreach ((string labels, double value) in samples)
        {
            Line(name, labels, value);
        }
    }

    private void Head(string name, string type, string help) => _text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

    private void Line(string name, string labels, double value) => _text.Append(CultureInfo.InvariantCulture, $"{name}{labels} {value}\n");

    private static string Labels(string label, string value) =>
        $"{{{label}=\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"}}";
}
