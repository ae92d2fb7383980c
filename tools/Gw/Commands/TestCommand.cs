using System.CommandLine;

namespace GatewayAgent.Gw.Commands;

/// <summary><c>test</c>, so that help lists it: the script runs the tests itself, for they build this program too.</summary>
internal static class TestCommand
{
    public static Command Create()
    {
        var filter = new Argument<string?>("FILTER")
        {
            Description = "Only .NET tests whose full name contains this",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new GwCommand("test", "Runs every check and ends with 'N passed, N failed, N skipped'.")
        {
            Details = "The checks are those of the radio core in C, its fuzzer, and the .NET tests.",
            Examples = ["./gw test", "./gw test Decode"],
        };
        command.Add(filter);
        command.SetAction(int (_) => throw GwException.Usage("the tests are run by the script: ./gw test"));
        return command;
    }
}
