using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using GatewayAgent.Portal.Access;

namespace GatewayAgent.Gw.Commands;

/// <summary><c>token</c>: makes a token for a person or a program.</summary>
internal static class TokenCommand
{
    private static readonly string[] _roles = [.. Enum.GetNames<Role>().Select(role => role.ToLowerInvariant())];

    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "Whose it is: stands in logs and in the file" };
        var file = new Option<string>("--tokens") { Description = "File of ./gw collect --tokens; made when missing", HelpName = "FILE", Required = true };
        Option<string> role = CommonOptions.Choice(
            "--role", "viewer looks; care also takes data along; operator also sees the collector", string.Join('|', _roles), _roles);
        var homes = new Option<string[]>("--homes")
        {
            Description = "Beginnings of the names of the homes that it sees; '*' is all",
            HelpName = "PREFIX",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var expires = new Option<DateTimeOffset?>("--expires") { Description = "Last day, UTC [default: never]", HelpName = "YYYY-MM-DD", CustomParser = ReadDay };
        var command = new GwCommand("token", "Makes a token for a person or a program that asks a collector's portal.")
        {
            Details = "Prints the token, which is kept nowhere: the file holds its hash. A portal that runs takes it within seconds; to take it back, "
                + "remove its entry from the file.",
            Examples =
            [
                "./gw token admin --tokens tokens.json --role operator --homes '*'",
                "./gw token acme-care --tokens tokens.json --role care --homes acme- --expires 2027-01-31",
            ],
        };
        command.Add(name);
        command.Add(file);
        command.Add(role);
        command.Add(homes);
        command.Add(expires);
        command.SetAction(typed => Run(
            typed.GetRequiredValue(name),
            typed.GetRequiredValue(file),
            Enum.Parse<Role>(typed.GetRequiredValue(role), ignoreCase: true),
            typed.GetRequiredValue(homes),
            typed.GetValue(expires)));
        return command;
    }

    private static int Run(string name, string file, Role role, string[] homes, DateTimeOffset? expires)
    {
        string token = TokenFile.Add(file, name, role, homes, expires);
        Console.Out.WriteLine(token);
        Console.Error.WriteLine($"gw: this is the only time that it is shown; {file} holds its hash");
        return ExitCode.Ok;
    }

    private static DateTimeOffset? ReadDay(ArgumentResult result)
    {
        string typed = result.Tokens[0].Value;
        if (!DateTimeOffset.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset day))
        {
            result.AddError($"--expires: '{typed}' is not a day such as 2027-01-31");
        }
        else if (day.AddDays(1) <= DateTimeOffset.UtcNow)
        {
            result.AddError($"--expires: '{typed}' is over: the token would never hold");
        }
        else
        {
            return day.AddDays(1);
        }

        return null;
    }
}
