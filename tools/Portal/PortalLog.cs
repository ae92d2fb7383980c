using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace GatewayAgent.Portal;

/// <summary>Structured logs on standard error: standard output belongs to what a command says.</summary>
public static class PortalLog
{
    /// <param name="isJson">A JSON object a line, for programs; else a line for people.</param>
    public static ILoggerFactory Create(bool isJson) => LoggerFactory.Create(logging =>
    {
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // That it does not start is said to who starts it.
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical);
        if (isJson)
        {
            logging.AddJsonConsole(options => Utc(options, ""));
        }
        else
        {
            logging.AddSimpleConsole(options => Utc(options, " ").SingleLine = true);
        }

        logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
    });

    private static T Utc<T>(T options, string end)
        where T : ConsoleFormatterOptions
    {
        (options.UseUtcTimestamp, options.TimestampFormat) = (true, "yyyy-MM-dd'T'HH:mm:ss'Z'" + end);
        return options;
    }
}
