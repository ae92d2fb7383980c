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
    /// <exception cref="ProvisionException">What is asked does not fit the kit, or something of it is missing.</exception>
    public static KitContext Open(KitFolder folder, KitSettings settings, string? operatorsAuthority, DateTimeOffset now)
    {
        // What all nodes share is made with the kit, and never again: nodes that are deployed would know nothing of it.
        bool isNew = !folder.Has(KitFolder.Manifest);
        string? homeKeys = Shared(folder, KitFolder.HomeKeys, isNew);
        LabCa? ca = settings.Authority == AuthorityKind.Lab ? OpenCa(folder, now, isNew) : null;
        string? known = folder.ReadIfThere(KitFolder.AuthorityCertificate);
        if (known != null && operatorsAuthority != null && known != operatorsAuthority)
        {
            throw new ProvisionException("--ca: the kit's nodes have another authority. Another authority needs another kit");
        }

        return new KitContext(folder, settings, new HomeKeys(homeKeys), ca, ca?.CertificatePem ?? operatorsAuthority ?? known, now);
    }

    public void Dispose() => Ca?.Dispose();

    private static LabCa OpenCa(KitFolder folder, DateTimeOffset now, bool isNew)
    {
        if (Shared(folder, KitFolder.AuthorityCertificate, isNew) is { } certificate)
        {
            return LabCa.Load(certificate, Shared(folder, KitFolder.AuthorityKey, isNew)!, now);
        }

        LabCa ca = LabCa.Create(now);
        folder.Write(KitFolder.AuthorityKey, ca.KeyPem);
        return ca;
    }

    // Null only of a new kit.
    private static string? Shared(KitFolder folder, string file, bool isNew) =>
        isNew ? null : folder.ReadIfThere(file) ?? throw new ProvisionException($"{file}: is missing in the kit. Put it back from where it is kept");
}
