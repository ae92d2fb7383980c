using System.Globalization;
using GatewayAgent.Protocol;

namespace GatewayAgent.Collector.Store;

/// <summary>Conditions of a WHERE with their parameters.</summary>
internal sealed class Filter
{
    private readonly List<string> _conditions = [];
    private readonly List<(string Name, object Value)> _parameters = [];

    /// <summary>No row can meet it.</summary>
    public bool IsNever { get; private set; }

    public void Add(string condition, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        _conditions.Add(condition);
        _parameters.AddRange(parameters);
    }

    /// <summary>Every row meets it.</summary>
    public bool IsAlways => _conditions.Count == 0;

    /// <summary>Only rows of one home; null = of all.</summary>
    public void OfHome(string column, string? home) => OfId(column, "@home", home);

    /// <summary>Only rows of nodes with this id; null = of all.</summary>
    public void OfNode(string column, string? node) => OfId(column, "@node", node);

    /// <summary>By ranges, which an index finds; the order of both stores is by code.</summary>
    public void BeginsWithOneOf(string column, IReadOnlyList<string>? prefixes)
    {
        if (prefixes == null || prefixes.Contains(""))
        {
            return;
        }

        // No id begins with what no id holds.
        string[] possible = [.. prefixes.Where(prefix => Topics.IsId(prefix))];
        IsNever |= possible.Length == 0;
        var ranges = new List<string>();
        foreach (string prefix in possible)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"@p{_parameters.Count}");
            ranges.Add($"({column} >= {name} AND {column} < {name}e)");
            _parameters.Add((name, prefix));
            _parameters.Add(($"{name}e", prefix + "\x7F"));
        }

        _conditions.Add($"({string.Join(" OR ", ranges)})");
    }

    public void Bind(Query query)
    {
        foreach ((string name, object value) in _parameters)
        {
            query.With(name, value);
        }
    }

    public override string ToString() => _conditions.Count == 0 ? "" : $"WHERE {string.Join(" AND ", _conditions)}";

    private void OfId(string column, string name, string? id)
    {
        IsNever |= id != null && !Topics.IsId(id);
        if (id != null)
        {
            Add($"{column} = {name}", (name, id));
        }
    }
}
