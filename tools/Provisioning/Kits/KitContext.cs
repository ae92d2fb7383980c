using GatewayAgent.Provisioning.Certificates;

namespace GatewayAgent.Provisioning.Kits;

/// <summary>What everything that writes into a kit needs.</summary>
/// <param name="Folder">The kit as it will be.</param>
/// <param name="Settings">What all nodes share.</param>
/// <param name="HomeKeys">The homes' hash keys.</param>
/// <param name="Ca">The lab's authority; null = the operator's, or none.</param>
/// <param name="Authority">PEM of whom nodes and broker trust; null = there is no TLS.</param>
/// <param name="Now">Time of the change.</param>
internal sealed record KitContext(KitFolder Folder, KitSettings Settings, HomeKeys HomeKeys, LabCa? Ca, string? Authority, DateTimeOffset Now) : IDisposable
{
    public static KitContext Open(KitFolder folder, KitSettings settings, string? operatorsAuthority, DateTimeOffset now)
    {
        LabCa? ca = settings.Authority == AuthorityKind.Lab ? OpenCa(folder, now) : null;
        string? known = folder.ReadIfThere(KitFolder.AuthorityCertificate);
        if (known != null && operatorsAuthority != null && known != operatorsAuthority)
        {
            throw new ProvisionException("--ca: the kit's nodes have another authority. Another authority needs another kit");
        }

        return new KitContext(folder, settings, new HomeKeys(folder.ReadIfThere(KitFolder.HomeKeys)), ca, ca?.CertificatePem ?? operatorsAuthority ?? known, now);
    }

    public void Dispose() => Ca?.Dispose();

    private static LabCa OpenCa(KitFolder folder, DateTimeOffset now)
    {
        if (folder.ReadIfThere(KitFolder.AuthorityKey) is { } key)
        {
            return LabCa.Load(folder.Read(KitFolder.AuthorityCertificate), key);
        }

        LabCa ca = LabCa.Create(now);
        folder.Write(KitFolder.AuthorityKey, ca.KeyPem);
        return ca;
    }
}
