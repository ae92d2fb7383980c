using GatewayAgent.Provisioning;
using GatewayAgent.Provisioning.Kits;
using GatewayAgent.Provisioning.Nodes;

namespace GatewayAgent.Tests.Provisioning;

/// <summary>A kit in a folder that goes with it.</summary>
internal sealed class KitLab : IDisposable
{
    public const string WifiPassword = "correct horse";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gw kit ");

    public string Folder => Path.Combine(_folder.FullName, "kit");

    /// <summary>What lies beside the kit.</summary>
    public string[] Beside => [.. _folder.EnumerateFileSystemInfos().Select(entry => entry.Name).Order(StringComparer.Ordinal)];

    public KitRequest Request { get; init; } = new() { Host = "broker.example" };

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public Manifest Manifest => Manifest.Parse(Read("manifest.json"), "manifest.json");

    public static NodePlan Plan(string home, string node) => new() { Home = home, Node = node, Wifi = new WifiNetwork("Käthe's \"net\"", WifiPassword) };

    public KitChange Begin() => KitChange.Begin(Folder, Request, Clock);

    public KitOutcome Provision(params NodePlan[] plans) => Provision(false, plans);

    public KitOutcome Provision(bool force, params NodePlan[] plans)
    {
        using KitChange kit = Begin();
        KitOutcome outcome = kit.Provision(plans, force);
        kit.Commit();
        return outcome;
    }

    public string[] Revoke(bool freshHomeKeys, params string[] nodes)
    {
        using KitChange kit = Begin();
        string[] rewritten = [.. kit.Revoke(nodes, freshHomeKeys)];
        kit.Commit();
        return rewritten;
    }

    public string InKit(string file) => Path.Combine(Folder, file);

    public string InFolder(string file) => Path.Combine(_folder.FullName, file);

    public string Read(string file) => File.ReadAllText(InKit(file));

    public string[] Lines(string file) => File.ReadAllLines(InKit(file));

    /// <summary>Every file of the kit by its name within it.</summary>
    public IEnumerable<string> Files() =>
        Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file)).Order(StringComparer.Ordinal);

    public void Dispose() => _folder.Delete(recursive: true);
}
