using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using GatewayAgent.Protocol;
using GatewayAgent.Provisioning.Nodes;

namespace GatewayAgent.Provisioning.Kits;

/// <summary>What can be told of a certificate: none of it is secret.</summary>
/// <param name="Serial">Hexadecimal.</param>
/// <param name="Sha256">Fingerprint, hexadecimal.</param>
/// <param name="NotAfter">Until when it is good.</param>
public sealed record CertificateEntry(string Serial, string Sha256, DateTimeOffset NotAfter)
{
    /// <param name="pem">The certificate first.</param>
    public static CertificateEntry Of(string pem)
    {
        using X509Certificate2 certificate = X509Certificate2.CreateFromPem(pem);
        return new CertificateEntry(
            certificate.SerialNumber.ToLowerInvariant(),
            certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant(),
            certificate.NotAfter.ToUniversalTime());
    }
}

/// <summary>A node that the kit holds.</summary>
/// <param name="Ready">False while it waits for its certificate from the operator's authority.</param>
public sealed record NodeEntry(string Home, string Node, string Role, int WindowSeconds, bool Ready, DateTimeOffset Provisioned, CertificateEntry? Certificate);

/// <summary>A node that was taken out; its serial stays for the revocation list.</summary>
public sealed record RevokedEntry(string Home, string Node, string? Serial, DateTimeOffset Revoked);

/// <summary>What a kit holds, without any secret: it may go to the warehouse, the field and the archive.</summary>
public sealed record Manifest
{
    private static readonly JsonSerializerOptions _json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public int Format { get; init; } = 1;

    public required KitSettings Broker { get; init; }

    public IReadOnlyList<NodeEntry> Nodes { get; init; } = [];

    public IReadOnlyList<RevokedEntry> Revoked { get; init; } = [];

    // Ids are names of folders, too: whoever has edited one cannot lead out of the kit.
    private bool IsSound =>
        Nodes.All(node => Topics.IsId(node.Home) && NodePlan.IsId(node.Node)) && Nodes.Select(node => node.Node).Distinct().Count() == Nodes.Count;

    /// <exception cref="ProvisionException">It is no manifest, or of a later version.</exception>
    public static Manifest Parse(string text, string path)
    {
        try
        {
            Manifest? manifest = JsonSerializer.Deserialize<Manifest>(text, _json);
            return manifest is not { Format: 1 } ? throw new ProvisionException($"{path}: of another version of this tool")
                : manifest.IsSound ? manifest
                : throw new ProvisionException($"{path}: is no manifest of this tool: an id in it is none, or there twice");
        }
        catch (JsonException fault)
        {
            throw new ProvisionException($"{path}: is no manifest ({fault.Message})");
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, _json) + "\n";

    /// <summary>A row a node; no cell needs quotes.</summary>
    public string ToCsv()
    {
        var text = new StringBuilder("home,node,role,window,state,provisioned,serial,sha256,not_after\n");
        foreach (NodeEntry node in Nodes)
        {
            text.Append(CultureInfo.InvariantCulture, $"{node.Home},{node.Node},{node.Role},{node.WindowSeconds},{(node.Ready ? "ready" : "waiting")},");
            text.Append(CultureInfo.InvariantCulture, $"{node.Provisioned:yyyy-MM-ddTHH:mm:ssZ},{node.Certificate?.Serial},{node.Certificate?.Sha256},");
            text.Append(CultureInfo.InvariantCulture, $"{node.Certificate?.NotAfter:yyyy-MM-ddTHH:mm:ssZ}\n");
        }

        return text.ToString();
    }
}
