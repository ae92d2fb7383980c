using System.CommandLine;
using Spectre.Console;

namespace GatewayAgent.Gw.Commands;

/// <summary>A Wi-Fi password: from a file, from standard input, or asked for. Never an argument, which every user of the machine could read.</summary>
internal sealed class WifiPasswordOption
{
    private const string StandardInput = "-";

    private readonly Option<string?> _file = new("--wifi-password-file")
    {
        Description = "File whose first line is the network's password, WPA2 or WPA3, 8–63 characters; - is standard input",
        HelpName = "FILE",
    };

    private readonly Option<bool> _open = new("--open-wifi") { Description = "The network has no password" };

    public IReadOnlyList<Option> Options => [_file, _open];

    public bool IsOpen(ParseResult typed) => typed.GetValue(_open);

    /// <param name="typed">What was typed.</param>
    /// <param name="asks">Ask for it on a terminal when no file is named.</param>
    /// <returns>Null when there is none.</returns>
    public string? Read(ParseResult typed, bool asks)
    {
        string? file = typed.GetValue(_file);
        if (IsOpen(typed))
        {
            return file == null ? null : throw GwException.Usage("--open-wifi and --wifi-password-file: give one of them");
        }

        if (file != null)
        {
            using TextReader reader = file == StandardInput ? Console.In : new StreamReader(InputFile.Open(file));
            return reader.ReadLine() is { Length: > 0 } line ? line : throw GwException.Usage($"{file}: its first line must be the password");
        }

        return !asks ? null
            : Console.IsInputRedirected ? throw GwException.Usage("the network's password is missing: name a file with --wifi-password-file, or say --open-wifi")
            : Asked();
    }

    private static string Asked()
    {
        // The first look at the keyboard ends the terminal's echo: before the question, or a quick answer would be shown.
        _ = Console.KeyAvailable;

        // Not on standard output, which may be a file: nobody would see the question.
        IAnsiConsole terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return terminal.Prompt(new TextPrompt<string>("Password of the network:").Secret());
    }
}
