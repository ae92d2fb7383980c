using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayAgent.App;
using GatewayAgent.Control;
using GatewayAgent.Provisioning.Nodes;
using nanoFramework.Json;

namespace GatewayAgent.Doctor.Probes;

/// <summary>Reads a node's files as its firmware will, and looks at the certificates, without any network.</summary>
internal static class FileProbe
{
    private const string Request = "client.csr";

    private static readonly CertificateProblem _waiting = new(
        $"{ProvisionedCertificates.CertificateFile} is missing: the node waits for it",
        $"there is a request for it, {Request}, and no certificate",
        "have the request signed by your authority, then: ./gw provision import FILE --kit KIT");

    public static FileEvidence? Look(string? folder, DateTimeOffset now)
    {
        if (folder == null)
        {
            return null;
        }

        folder = Path.TrimEndingDirectorySeparator(folder);
        (AgentSettings? settings, string? problem, string? unknown) = ReadSettings(folder);
        if (settings != null)
        {
            settings.BrokerCa = Text(folder, ProvisionedCertificates.AuthorityFile);
            settings.ClientCertificate = Text(folder, ProvisionedCertificates.CertificateFile);
            settings.ClientKey = Text(folder, ProvisionedCertificates.KeyFile);
        }

        if (settings is { ClientCertificate: null } && File.Exists(Path.Combine(folder, Request)))
        {
            return new FileEvidence(folder, null, unknown, settings, _waiting, []);
        }

        problem = settings?.Validate() ?? problem;
        var found = new List<(string, X509Certificate2)>();
        CertificateProblem? certificates = settings == null ? null : CertificateFiles.Check(settings, now, found);
        return new FileEvidence(folder, problem, unknown, settings, certificates, found);
    }

    private static (AgentSettings? Settings, string? Problem, string? Unknown) ReadSettings(string folder)
    {
        string path = Path.Combine(folder, ProvisionedSettings.FileName);
        try
        {
            if (!File.Exists(path))
            {
                return (null, $"there is no {ProvisionedSettings.FileName} in {folder}", null);
            }

            string text = File.ReadAllText(path);
            if (JsonNode.Parse(text) is not JsonObject members)
            {
                return (null, $"{ProvisionedSettings.FileName} is no JSON object", null);
            }

            string? unknown = SettingsTemplate.Unknown(members);
            var provisioned = (ProvisionedSettings)JsonConvert.DeserializeObject(text, typeof(ProvisionedSettings));
            return (provisioned.ToSettings(), null, unknown);
        }
        catch (JsonException e)
        {
            return (null, $"{ProvisionedSettings.FileName} is not JSON (line {e.LineNumber + 1})", null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, e.Message, null);
        }
        catch (Exception e)
        {
            // Whatever the firmware's own reader throws; its words could quote a password.
            return (null, $"{ProvisionedSettings.FileName} has a value of the wrong kind ({e.GetType().Name})", null);
        }
    }

    private static string? Text(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
