using System.CommandLine;
using System.CommandLine.Invocation;
using GatewayAgent.Gw.Commands;

namespace GatewayAgent.Gw;

internal static class Program
{
    // Response files are off: an argument that begins with @ is what it says.
    private static readonly ParserConfiguration _parser = new() { ResponseFileTokenReplacer = null };

    private static int Main(string[] args)
    {
        try
        {
            ParseResult typed = CommandTree.Create().Parse(args.Length == 0 ? ["--help"] : args, _parser);
            return typed.Action is ParseErrorAction
                ? throw GwException.Usage(ParseErrorText.Of(typed))
                : typed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception e)
        {
            return Failure.Report(e);
        }
    }
}
