using System.CommandLine;
using GatewayAgent.Mosquitto;
using GatewayAgent.Provisioning.Kits;

namespace GatewayAgent.Gw.Commands;

/// <summary>Which broker, and as whom: the same options wherever a command connects to one that is not its own.</summary>
internal sealed class BrokerOptions(string description)
{
    private readonly Option<string?> _client = new("--as")
    {
        Description = "Folder of a client in a kit of ./gw provision, such as lab/clients/operator, in place of the other five",
        HelpName = "FOLDER",
    };

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

    public IReadOnlyList<Option> Credentials => [_client, _user, _passwordFile, _authority, _certificate, _key];

    /// <exception cref="GwException">A file cannot be read, or one is missing that belongs to another.</exception>
    public MosquittoOptions Read(ParseResult typed)
    {
        BrokerAddress address = typed.GetRequiredValue(Address);
        if (typed.GetValue(_client) is { } client)
        {
            Option? contrary = Credentials.Skip(1).FirstOrDefault(option => typed.GetResult(option) is { Implicit: false });
            return contrary == null ? OfKit(client, address) : throw GwException.Usage($"--as says it all: leave {contrary.Name} out");
        }

        return new MosquittoOptions
        {
            Host = address.Host,
            Port = address.Port,
            UserName = typed.GetValue(_user),
            Password = typed.GetValue(_passwordFile) is { } file ? Password(file) : null,
            Tls = Tls(typed.GetValue(_authority), typed.GetValue(_certificate), typed.GetValue(_key)),
        };
    }

    private static MosquittoOptions OfKit(string folder, BrokerAddress address)
    {
        string? InFolder(string name) => Path.Combine(folder, name) is var file && File.Exists(file) ? file : null;
        string? user = ClientFiles.UserOf(folder), password = InFolder(ClientFiles.Password), certificate = InFolder(ClientFiles.Certificate);
        if (user == null || (password ?? certificate) == null)
        {
            throw GwException.Usage($"--as: {folder} is no client of a kit: there are clients/{string.Join(", clients/", ClientFiles.All.Select(client => client.Folder))}");
        }

        return new MosquittoOptions
        {
            Host = address.Host,
            Port = address.Port,
            UserName = password == null ? null : user,
            Password = password == null ? null : Password(password),
            Tls = Tls(InFolder(ClientFiles.Authority), certificate, InFolder(ClientFiles.Key)),
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
