using System.Net.Http.Headers;
using System.Text;
using GatewayAgent.Portal.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GatewayAgent.Portal.Access;

/// <summary>The form for people, also without scripts: a token goes in once, a cookie that scripts cannot read comes out.</summary>
internal static class LoginRoutes
{
    private const string Form =
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>Sign in – GatewayAgent</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/page.css">
        </head>
        <body>
        <main id="main">
        <section class="notice-view login">
        <h1>Sign in</h1>
        <p class="muted">This collector asks for a token. Who runs it has one for you.</p>
        <form class="stack" method="post" action="/login">
        <label for="token">Token</label>
        <input id="token" name="token" type="password" autocomplete="current-password" required autofocus aria-describedby="problem">
        <p class="field-problem" id="problem" role="alert">{0}</p>
        <button type="submit" class="button primary">Sign in</button>
        </form>
        </section>
        </main>
        </body>
        </html>

        """;

    public static void Map(IEndpointRouteBuilder app, AccessGate gate, bool isHttps, Uri? publicUrl)
    {
        app.MapGet("/login", () => gate.AsksForTokens ? Page("", StatusCodes.Status200OK) : Results.Redirect("/")).ExcludeFromDescription();
        RouteGroupBuilder forms = app.MapGroup("").ExcludeFromDescription();
        forms.MapPost("/login", (HttpContext context, AccessGate gate, Sessions sessions) => LogIn(context, gate, sessions, isHttps));
        forms.MapPost("/logout", (HttpContext context, Sessions sessions) => LogOut(context, sessions));
        forms.AddEndpointFilter((invocation, next) => SameSite.IsFromElsewhere(invocation.HttpContext.Request, publicUrl)
            ? ValueTask.FromResult<object?>(ProblemType.BadRequest.With("Logins and logouts are forms of this server's own page."))
            : next(invocation));
    }

    private static async Task<IResult> LogIn(HttpContext context, AccessGate gate, Sessions sessions, bool isHttps)
    {
        if (!IsForm(context.Request))
        {
            return ProblemType.BadRequest.With("A login is a form with the field 'token'.");
        }

        if (gate.Failures.WaitOf(AccessGate.AddressOf(context)) is { } wait)
        {
            return AccessGate.Locked(context, wait);
        }

        IFormCollection form = await Read(context);
        if (!gate.AsksForTokens)
        {
            return SeeOther(context, "/");
        }

        string token = form["token"].ToString().Trim();
        if (gate.Try(token, AccessGate.AddressOf(context)) == null)
        {
            return Page("The token is not known here, or has expired.", StatusCodes.Status401Unauthorized);
        }

        context.Response.Cookies.Append(AccessGate.Cookie, sessions.Begin(TokenSet.HashOf(token)), CookieOptions(isHttps));
        return SeeOther(context, "/");
    }

    // Of a client that goes in the midst of its form the server would go on to read, and log that it cannot.
    private static async Task<IFormCollection> Read(HttpContext context)
    {
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException and not BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
        {
            context.Abort();
            throw;
        }
    }

    private static bool IsForm(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) && type.MediaType == "application/x-www-form-urlencoded";

    private static IResult LogOut(HttpContext context, Sessions sessions)
    {
        if (context.Request.Cookies.TryGetValue(AccessGate.Cookie, out string? id))
        {
            sessions.End(id);
        }

        context.Response.Cookies.Delete(AccessGate.Cookie);
        return SeeOther(context, "/login");
    }

    private static IResult SeeOther(HttpContext context, string path)
    {
        context.Response.Headers.Location = path;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static CookieOptions CookieOptions(bool isHttps) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = isHttps,
        Path = "/",
        MaxAge = PortalLimits.SessionTime,
        IsEssential = true,
    };

    private static IResult Page(string problem, int status) =>
        TypedResults.Text(Form.Replace("{0}", problem, StringComparison.Ordinal), "text/html", Encoding.UTF8, status);
}
