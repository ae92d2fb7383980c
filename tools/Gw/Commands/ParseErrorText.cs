using System.CommandLine;

namespace GatewayAgent.Gw.Commands;

/// <summary>Says in one line what is wrong with what was typed, what was probably meant, and where help is.</summary>
internal static class ParseErrorText
{
    public static string Of(ParseResult typed)
    {
        Command command = typed.CommandResult.Command;
        string problem = Problem(typed, command);
        return $"{problem}{(problem.EndsWith('?') ? "" : ".")} See {PathOf(command)} --help";
    }

    // The root's name is what people type: ./gw
    private static string PathOf(Symbol command) => command.Parents.FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : command.Name;

    private static string Problem(ParseResult typed, Command command)
    {
        if (typed.UnmatchedTokens.Count > 0)
        {
            return Unknown(typed.UnmatchedTokens[0], command);
        }

        if (command.Subcommands.Count > 0)
        {
            return $"a command is missing: {string.Join(", ", command.Subcommands.Select(subcommand => subcommand.Name))}";
        }

        Argument? missing = command.Arguments.FirstOrDefault(a => a.Arity.MinimumNumberOfValues > 0 && typed.GetResult(a) is not { Tokens.Count: > 0 });
        return missing == null ? typed.Errors[0].Message.TrimEnd('.') : $"{command.Name}: {missing.Name} is missing";
    }

    private static string Unknown(string token, Command command)
    {
        bool isOption = token.StartsWith('-');
        IEnumerable<string> known = isOption
            ? command.Options.Where(option => !option.Hidden).SelectMany(option => option.Aliases.Prepend(option.Name)).Append("--help")
            : command.Subcommands.Select(subcommand => subcommand.Name);
        string what = isOption ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
        string guess = NearestWord.To(token, known) is { } near ? $": did you mean '{near}'?" : "";
        return $"unknown {what} '{token}'{guess}";
    }
}
