using System.Globalization;
using GatewayAgent.Collector.Store;
using GatewayAgent.Control;
using GatewayAgent.Protocol;
using GatewayAgent.VirtualDevice.Homes;
using GatewayAgent.VirtualDevice.Running;
using NodeRole = GatewayAgent.Control.Role;

namespace GatewayAgent.Gw.Demo;

/// <summary>Tells what nodes answered and noticed, as the store has it, and what they run on since.</summary>
internal sealed class DemoNews(DemoEvents events, HomeRun home)
{
    private readonly Dictionary<string, string> _told = [];
    private long _lastEvent;

    /// <summary>Tells what is new since the last look.</summary>
    public void Look(CollectorStore store)
    {
        // Each node says at its first connection that it runs as provisioned, which is no news.
        Tell(store.ConfigStates().Where(state => state.Answer is not { Version: 0, Status: "applied" }), "config");
        Tell(store.CommandResults(), "command");
        foreach (NodeEvent noticed in store.Events(_lastEvent))
        {
            _lastEvent = noticed.Key;
            events.Add($"{noticed.Node}: {EventText.Line(noticed.Event)}");
        }

        foreach (VirtualNode node in home.Nodes)
        {
            TellSettings(node.Name, node.Settings, node.RunningOn);
        }
    }

    private void Tell(IEnumerable<NodeAnswer> answers, string kind)
    {
        foreach (NodeAnswer answer in answers)
        {
            TellOnce($"{kind} {answer.Node}", $"{answer.Node}: {answer.Answer}");
        }
    }

    private void TellSettings(string node, AgentSettings provisioned, AgentSettings now)
    {
        string runsOn = Words(now);
        if (_told.ContainsKey($"settings {node}") || runsOn != Words(provisioned))
        {
            TellOnce($"settings {node}", $"{node} runs on {runsOn}");
        }
    }

    private void TellOnce(string key, string line)
    {
        if (!_told.TryGetValue(key, out string? before) || before != line)
        {
            _told[key] = line;
            events.Add(line);
        }
    }

    private static string Words(AgentSettings settings)
    {
        string role = settings.Role == NodeRole.Companion ? ", as companion" : "";
        string survey = settings.SurveyPeriodMs == AgentSettings.SurveyByRole
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $", survey every {settings.SurveyPeriodMs} ms");
        return string.Create(CultureInfo.InvariantCulture, $"windows of {settings.WindowSeconds} s{role}{survey}");
    }
}
