using System.Net;
using GatewayAgent.Portal.Http;
using Microsoft.AspNetCore.Http;

namespace GatewayAgent.Portal.Access;

/// <summary>
/// Without tokens, being on this machine is all that is asked; a web page elsewhere can have its own name point here (DNS rebinding), and
/// a browser on this machine would ask for it. Such requests carry that name.
/// </summary>
internal static class LoopbackHosts
{
    public static Task Check(HttpContext context, RequestDelegate next, Uri? publicUrl) =>
        IsLoopback(context.Request.Host.Host) || string.Equals(context.Request.Host.Host, publicUrl?.Host, StringComparison.OrdinalIgnoreCase)
            ? next(context)
            : ProblemType.WrongHost.With($"Host: '{ParameterCheck.Shortened(context.Request.Host.Value ?? "")}' is not this machine.").ExecuteAsync(context);

    public static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
