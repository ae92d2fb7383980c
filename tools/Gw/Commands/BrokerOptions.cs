using System.CommandLine;
using GatewayAgent.Mosquitto;

namespace GatewayAgent.Gw.Commands;

/// <summary>Which broker, and as whom: the same options wherever a command connects to one that is not its own.</summary>
internal sealed class BrokerOptions(string description)
{
    private readonly Option<string?> _user = new("--user") { Description = "User at the broker", HelpName = "NAME" };
    private readonly Option<string?> _passwordFile = new("--password-file") { Description = "File whose first line is the user's password", HelpName = "FILE" };
    private readonly Option<string?> _authority = new("--cafile")
    {
        Description = "TLS: file of the authority the broker's certificate must come from, PEM",
        HelpName = "FILE",
    };

    private readonly Option<string?> _certificate = new("--cert") { Description = "TLS: own certificate, PEM", HelpName = "FILE" };
    private readonly Option<string?> _key = new("--key") { Description = "TLS: key of the own certificate, PEM without a pass-phrase", HelpName = "FILE" };

    public Option<BrokerAddress> Address { get; } = new("--broker")
    {
        Description = description,
        HelpName = "HOST:PORT",
        Required = true,
        CustomParser = BrokerAddress.Parse!,
    };

    public IReadOnlyList<Option> Credentials => [_user, _passwordFile, _authority, _certificate, _key];

    /// <exception cref="GwException">A file cannot be read, or one is missing that belongs to another.</exception>
    public MosquittoOptions Read(ParseResult typed)
    {
        BrokerAddress address = typed.GetRequiredValue(Address);
        return new MosquittoOptions
        {
            Host = address.Host,
            Port = address.Port,
            UserName = typed.GetValue(_user),
            Password = typed.GetValue(_passwordFile) is { } file ? Password(file) : null,
            Tls = Tls(typed.GetValue(_authority), typed.GetValue(_certificate), typed.GetValue(_key)),
        };
    }

    private static MosquittoTls? Tls(string? authority, string? certificate, string? key)
    {
        if ((certificate == null) != (key == null))
        {
            throw GwException.Usage("--cert and --key: give both or neither");
        }

        if (authority == null)
        {
            return certificate == null ? null : throw GwException.Usage("--cert: name the broker's authority too, with --cafile");
        }

        foreach (string file in new[] { authority, certificate, key }.OfType<string>())
        {
            InputFile.Open(file).Dispose();
        }

        return new MosquittoTls { CaFile = authority, CertificateFile = certificate, KeyFile = key };
    }

    private static string Password(string file)
    {
        using var reader = new StreamReader(InputFile.Open(file));
        return reader.ReadLine() is { Length: > 0 } password ? password : throw GwException.Usage($"{file}: its first line must be the password");
    }
}
