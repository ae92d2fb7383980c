using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using GatewayAgent.Provisioning.Nodes;

namespace GatewayAgent.Provisioning.Batches;

/// <summary>
/// Nodes as rows of a CSV file with a header: <c>home,node,ssid,wifi_password,role,window,settings</c>, of which the first two are needed. It is
/// read whole before anything is made, and everything that is wrong with it is told at once, each with line, column and value; of a password
/// never the value.
/// </summary>
public sealed class BatchFile
{
    private const string Home = "home", Node = "node", Ssid = "ssid", Password = "wifi_password", Role = "role", Window = "window", Settings = "settings";
    private const int ProblemsTold = 20;

    // A column of the reader's own begins with the first.
    private const char Remark = '#', Quote = '"';

    private static readonly string[] _columns = [Home, Node, Ssid, Password, Role, Window, Settings];
    private static readonly string[] _needed = [Home, Node];

    private readonly string _path;
    private readonly NodeDefaults _defaults;
    private readonly List<string> _problems = [];
    private readonly List<NodePlan> _plans = [];
    private readonly Dictionary<string, int> _lineOfNode = [];
    private readonly Dictionary<string, SettingsTemplate> _templates = [];

    private BatchFile(string path, NodeDefaults defaults) => (_path, _defaults) = (path, defaults);

    /// <returns>Valid plans, each node once, in the order of the file.</returns>
    /// <exception cref="ProvisionException">Something in the file cannot be used.</exception>
    public static IReadOnlyList<NodePlan> Read(string path, NodeDefaults defaults)
    {
        if (!File.Exists(path))
        {
            throw new ProvisionException($"{path}: no such file");
        }

        var file = new BatchFile(path, defaults);
        using var text = new StreamReader(path);
        file.Read(text);
        return file._problems.Count == 0 ? file._plans : throw new ProvisionException(file.Told());
    }

    private void Read(TextReader text)
    {
        using var csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            TrimOptions = TrimOptions.None,
            MissingFieldFound = null,
            DetectColumnCountChanges = false,
            BadDataFound = bad => Complain(bad.Context.Parser!.RawRow, "a quote is in the wrong place"),
        });
        if (!csv.Read() || !csv.ReadHeader())
        {
            _problems.Add($"{_path}: is empty. Its first line names the columns: {string.Join(',', _columns)}");
            return;
        }

        CheckHeader(csv.HeaderRecord!);
        if (_problems.Count > 0)
        {
            return;
        }

        for (int before = csv.Parser.RawRow; csv.Read(); before = csv.Parser.RawRow)
        {
            if (csv.Parser.RawRecord.Count(c => c == Quote) % 2 != 0)
            {
                Complain(before + 1, "a quote is in the wrong place, or never closed");
            }
            else
            {
                ReadRow(csv);
            }
        }

        if (_plans.Count == 0 && _problems.Count == 0)
        {
            _problems.Add($"{_path}: holds no node, only the header");
        }
    }

    private void CheckHeader(string[] header)
    {
        if (header.Length == 1 && header[0].Contains(';'))
        {
            _problems.Add($"{_path}:1: the columns are separated by semicolons: save the file with commas");
            return;
        }

        foreach (string unknown in header.Where(name => !_columns.Contains(name) && !name.StartsWith(Remark)))
        {
            _problems.Add($"{_path}:1: column '{unknown}' is none of {string.Join(", ", _columns)}. One of your own begins with {Remark}");
        }

        foreach (string missing in _needed.Except(header))
        {
            _problems.Add($"{_path}:1: column '{missing}' is missing");
        }

        foreach (string twice in header.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key))
        {
            _problems.Add($"{_path}:1: column '{twice}' is there twice");
        }
    }

    private void ReadRow(CsvReader csv)
    {
        int line = csv.Parser.RawRow;
        if (csv.Parser.Count != csv.HeaderRecord!.Length)
        {
            Complain(line, $"has {csv.Parser.Count} values, the header {csv.HeaderRecord.Length}");
            return;
        }

        int before = _problems.Count;
        string? password = Value(csv, Password) ?? _defaults.WifiPassword;
        if (password == null && !_defaults.AllowsOpenWifi)
        {
            Complain(line, Password, "is missing. For a network without one say --open-wifi");
        }

        var plan = new NodePlan
        {
            Home = Value(csv, Home) ?? "",
            Node = Value(csv, Node) ?? "",
            Wifi = new WifiNetwork(Value(csv, Ssid) ?? _defaults.Ssid ?? "", password),
            Role = Value(csv, Role) ?? _defaults.Role,
            WindowSeconds = WindowOf(csv, line),
            Settings = TemplateOf(csv, line),
        };
        foreach ((string field, string problem) in plan.Problems())
        {
            Complain(line, field, problem);
        }

        CheckUnique(plan.Node, line);
        if (_problems.Count == before)
        {
            _plans.Add(plan);
        }
    }

    private int WindowOf(CsvReader csv, int line)
    {
        if (Value(csv, Window) is not { } text)
        {
            return _defaults.WindowSeconds;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds))
        {
            return seconds;
        }

        Complain(line, Window, $"'{text}' is no number of seconds");
        return _defaults.WindowSeconds;
    }

    // Relative to the file that names it.
    private SettingsTemplate? TemplateOf(CsvReader csv, int line)
    {
        if (Value(csv, Settings) is not { } name)
        {
            return _defaults.Settings;
        }

        string path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(_path))!, name);
        try
        {
            return _templates.TryGetValue(path, out SettingsTemplate? known) ? known : _templates[path] = SettingsTemplate.Load(path).Over(_defaults.Settings);
        }
        catch (ProvisionException fault)
        {
            Complain(line, Settings, fault.Message);
            return null;
        }
    }

    private void CheckUnique(string node, int line)
    {
        if (node.Length > 0 && !_lineOfNode.TryAdd(node, line))
        {
            Complain(line, Node, $"'{node}' is in line {_lineOfNode[node]} already: at the broker an id is one node's, whatever its home");
        }
    }

    // Empty is not given.
    private static string? Value(CsvReader csv, string column) =>
        csv.HeaderRecord!.Contains(column) && csv.GetField(column) is { Length: > 0 } value ? value : null;

    private void Complain(int line, string column, string problem) => Complain(line, $"{column}: {problem}");

    private void Complain(int line, string problem) => _problems.Add($"{_path}:{line}: {problem}");

    private string Told()
    {
        string more = _problems.Count > ProblemsTold ? $"\n… and {_problems.Count - ProblemsTold} more" : "";
        return string.Join('\n', _problems.Take(ProblemsTold)) + more;
    }
}
