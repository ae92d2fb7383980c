using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace GatewayAgent.Portal.Http;

/// <summary>A value that was given and cannot be used.</summary>
/// <param name="Field">Name of the parameter.</param>
/// <param name="Value">As it was given, its beginning when it is long; null = it is missing.</param>
/// <param name="Reason">What is taken instead.</param>
internal sealed record FieldProblem(string Field, string? Value, string Reason);

/// <summary>Every problem that the API answers with, as Problem Details (RFC 9457).</summary>
internal sealed record ProblemType(int Status, string Name, string Title)
{
    public static readonly ProblemType InvalidParameter = new(400, "invalid-parameter", "A parameter cannot be used.");
    public static readonly ProblemType BadRequest = new(400, "bad-request", "The request cannot be read.");
    public static readonly ProblemType WrongHost = new(400, "wrong-host", "Without tokens only this machine may ask.");
    public static readonly ProblemType Unauthorized = new(401, "unauthorized", "A token is needed.");
    public static readonly ProblemType Forbidden = new(403, "forbidden", "The token does not allow this.");
    public static readonly ProblemType NotFound = new(404, "not-found", "There is no such thing.");
    public static readonly ProblemType MethodNotAllowed = new(405, "method-not-allowed", "The API is read with GET.");
    public static readonly ProblemType TooManyFailures = new(429, "too-many-failures", "Too many tokens were refused.");
    public static readonly ProblemType TooManyStreams = new(429, "too-many-streams", "Too many live streams are open.");
    public static readonly ProblemType Internal = new(500, "internal", "Something went wrong here.");
    public static readonly ProblemType Busy = new(503, "busy", "Too many requests at once.");
    public static readonly ProblemType StoreFailed = new(503, "store-failed", "The store cannot be read.");

    public static IReadOnlyList<ProblemType> All { get; } =
    [
        BadRequest, InvalidParameter, WrongHost, Unauthorized, Forbidden, NotFound, MethodNotAllowed, TooManyFailures, TooManyStreams, Internal,
        Busy, StoreFailed,
    ];

    /// <summary>The name as the <c>type</c> of Problem Details.</summary>
    public string Uri => $"urn:gateway-agent:problem:{Name}";

    public IResult With(string? detail = null, IReadOnlyList<FieldProblem>? errors = null)
    {
        var problem = new ProblemDetails { Type = Uri, Title = Title, Status = Status, Detail = detail };
        if (errors != null)
        {
            problem.Extensions["errors"] = errors;
        }

        return TypedResults.Problem(problem);
    }

    /// <summary>The one that a bare status stands for.</summary>
    public static ProblemType Of(int status) => All.FirstOrDefault(type => type.Status == status) ?? (status < 500 ? BadRequest with { Status = status } : Internal);
}
