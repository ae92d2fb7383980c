using System.Globalization;

namespace GatewayAgent.Mosquitto;

/// <summary>
/// A throw-away certificate authority for a lab or a test, in memory but for the PEM files it hands out: those are in a temporary folder
/// that nobody but its user may enter (Unix mode 700), and go with it.
/// </summary>
public sealed class LabAuthority : IDisposable
{
    private const int OwnDays = 30, IssuedDays = 7;

    private readonly string _folder = Directory.CreateTempSubdirectory("gw-lab-").FullName;
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;
    private readonly CertificateAuthority _authority;
    private int _issued;

    public LabAuthority()
    {
        _authority = CertificateAuthority.Create("GatewayAgent lab", _now.AddDays(-OwnDays), _now.AddDays(OwnDays));
        Certificate = _authority.CertificatePem;
        CertificateFile = Write("ca.pem", Certificate);
    }

    /// <summary>PEM.</summary>
    public string Certificate { get; }

    public string CertificateFile { get; }

    /// <summary>A certificate for a broker at these names or addresses.</summary>
    /// <param name="hosts">What clients may call it.</param>
    /// <param name="expired">Its time is over since yesterday.</param>
    public LabIdentity IssueBroker(IReadOnlyList<string> hosts, bool expired = false) =>
        Written(_authority.IssueBroker(hosts, _now.AddDays(-IssuedDays), End(expired)));

    /// <summary>A certificate for a client; its name is the user the broker takes it for.</summary>
    /// <param name="user">Common name.</param>
    /// <param name="expired">Its time is over since yesterday.</param>
    public LabIdentity IssueClient(string user, bool expired = false) =>
        Written(_authority.IssueClient(user, _now.AddDays(-IssuedDays), End(expired)));

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private DateTimeOffset End(bool expired) => _now.AddDays(expired ? -1 : IssuedDays);

    private LabIdentity Written(IssuedCertificate issued)
    {
        string stem = Interlocked.Increment(ref _issued).ToString(CultureInfo.InvariantCulture);
        return new LabIdentity(issued.Certificate, issued.Key, Write($"{stem}.pem", issued.Certificate), Write($"{stem}.key", issued.Key));
    }

    private string Write(string name, string text) => PrivateFile.Write(Path.Combine(_folder, name), text);
}
