using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace GatewayAgent.Gw.Commands;

/// <summary>The library's help, followed by examples and exit codes.</summary>
internal sealed class HelpPage : SynchronousCommandLineAction
{
    private const int Width = 110;

    private const string ExitCodes =
        """
        Exit codes:
          0    all is well
          1    the command found a problem, such as a lost report or a payload that is not sound
          2    what was typed or what a file holds cannot be used
          3    a program or library is missing; the message says which
          130  stopped by Ctrl-C or SIGTERM before the work was done
        """;

    private readonly HelpAction _library = new() { MaxWidth = Width };

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var command = (GwCommand)parseResult.CommandResult.Command;
        command.Description = $"{command.Description} {command.Details}";
        var page = new StringWriter();
        TextWriter output = parseResult.InvocationConfiguration.Output;
        parseResult.InvocationConfiguration.Output = page;
        _library.Invoke(parseResult);
        page.WriteLine("Examples:");
        foreach (string example in command.Examples)
        {
            page.WriteLine($"  {example}");
        }

        page.WriteLine();
        page.WriteLine(ExitCodes);
        output.Write(string.Join('\n', page.ToString().Split('\n').Select(line => line.TrimEnd())));
        parseResult.InvocationConfiguration.Output = output;
        return ExitCode.Ok;
    }
}
