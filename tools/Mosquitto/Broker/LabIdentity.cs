namespace GatewayAgent.Mosquitto;

/// <summary>A certificate of a <see cref="LabAuthority"/> with its private key, PEM, as text and as files that go with the authority.</summary>
public sealed record LabIdentity(string Certificate, string Key, string CertificateFile, string KeyFile)
{
    /// <summary>Names the files, never the key.</summary>
    public override string ToString() => CertificateFile;
}
