namespace GatewayAgent.Mosquitto;

/// <summary>A certificate and its key, PEM. The key has no pass-phrase: a device could keep none.</summary>
public sealed record IssuedCertificate(string Certificate, string Key)
{
    /// <summary>Never the key.</summary>
    public override string ToString() => Certificate;
}
