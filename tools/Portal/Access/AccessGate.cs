using System.Globalization;
using System.Net;
using GatewayAgent.Portal.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GatewayAgent.Portal.Access;

/// <summary>What a route asks of a token.</summary>
/// <param name="OfCollector">It shows what belongs to all tenants together.</param>
internal sealed record NeedsGrant(Role Role, bool OfCollector = false);

/// <summary>Lets a request through to a route that needs a grant, or answers it.</summary>
/// <param name="tokens">Null = whoever gets here is welcome.</param>
internal sealed class AccessGate(Tokens? tokens, Sessions sessions, FailureLimit failures)
{
    /// <summary>Name of the cookie of a login.</summary>
    public const string Cookie = "gw_session";

    private const string Scheme = "Bearer ";

    public bool AsksForTokens => tokens != null;

    public FailureLimit Failures => failures;

    public async Task Check(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<NeedsGrant>() is not { } needed)
        {
            await next(context);
            return;
        }

        IResult? refusal = Admit(context, needed);
        await (refusal == null ? next(context) : refusal.ExecuteAsync(context));
    }

    /// <summary>Whether what let a request in still holds: for an answer that may outlive a token or a login.</summary>
    public bool StillAdmits(HttpContext context) => tokens == null || (Known(context) is { } now && now.IsSameAs(context.Grant()));

    /// <summary>What a token grants, for a login; counts it when it is refused.</summary>
    public Grant? Try(string token, IPAddress address)
    {
        Grant? grant = tokens?.Find(TokenSet.HashOf(token));
        if (grant == null)
        {
            failures.Count(address);
        }

        return grant;
    }

    public static IPAddress AddressOf(HttpContext context) => context.Connection.RemoteIpAddress ?? IPAddress.None;

    public static IResult Locked(HttpContext context, TimeSpan wait)
    {
        string seconds = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.RetryAfter = seconds;
        return ProblemType.TooManyFailures.With($"Try again in {seconds} s.");
    }

    private IResult? Admit(HttpContext context, NeedsGrant needed)
    {
        Grant? grant = Grant.Local;
        if (tokens != null && Identify(context, out grant) is { } refusal)
        {
            return refusal;
        }

        if (grant!.Role < needed.Role || (needed.OfCollector && !grant.SeesCollector))
        {
            string whose = needed.OfCollector ? " of all homes" : "";
            return ProblemType.Forbidden.With($"'{grant.Name}' is of role {Word(grant.Role)}; this needs {Word(needed.Role)}{whose}.");
        }

        context.Items[typeof(Grant)] = grant;
        return null;
    }

    // A session was a sound token once, so it passes also from an address that others guess from.
    private IResult? Identify(HttpContext context, out Grant? grant)
    {
        grant = null;
        string authorization = context.Request.Headers.Authorization.ToString();
        if (authorization.Length == 0)
        {
            grant = OfSession(context);
            return grant == null ? Unauthorized(context, "Send a token as 'Authorization: Bearer …', or log in.") : null;
        }

        IPAddress address = AddressOf(context);
        if (failures.WaitOf(address) is { } wait)
        {
            return Locked(context, wait);
        }

        grant = TokenOf(authorization) is { } token ? Try(token, address) : null;
        return grant == null ? Unauthorized(context, "The token is not known here, or has expired.") : null;
    }

    private Grant? Known(HttpContext context) =>
        TokenOf(context.Request.Headers.Authorization.ToString()) is { } token ? tokens!.Find(TokenSet.HashOf(token)) : OfSession(context);

    private static string? TokenOf(string authorization) =>
        authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? authorization[Scheme.Length..].Trim() : null;

    private Grant? OfSession(HttpContext context) =>
        context.Request.Cookies.TryGetValue(Cookie, out string? id) && sessions.Find(id) is { } hash ? tokens!.Find(hash) : null;

    private static IResult Unauthorized(HttpContext context, string detail)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"gateway-agent\"";
        return ProblemType.Unauthorized.With(detail);
    }

    private static string Word(Role role) => role.ToString().ToLowerInvariant();
}

/// <summary>Routes and their grants.</summary>
internal static class GrantExtensions
{
    public static TBuilder Needs<TBuilder>(this TBuilder route, Role role, bool ofCollector = false)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new NeedsGrant(role, ofCollector));

    /// <summary>Who asks; only behind <see cref="AccessGate"/> on a route that needs a grant.</summary>
    public static Grant Grant(this HttpContext context) => (Grant)context.Items[typeof(Grant)]!;
}
