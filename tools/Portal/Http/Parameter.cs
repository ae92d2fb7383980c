using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;

namespace GatewayAgent.Portal.Http;

/// <summary>
/// A query parameter: the one place that says what it is called, what it takes and what it means. Requests are checked against it before
/// they are answered, and the OpenAPI document is made from it.
/// </summary>
internal abstract class Parameter(string name, string description)
{
    public string Name { get; } = name;

    public string Description { get; } = description;

    public bool IsRequired { get; init; }

    public abstract JsonNode Example { get; }

    /// <summary>JSON Schema of a value.</summary>
    public abstract OpenApiSchema Schema();

    /// <summary>What is wrong with a value that was given; null = nothing.</summary>
    public abstract string? ProblemOf(string text);
}

/// <summary>A parameter that is read as <typeparamref name="T"/>.</summary>
internal abstract class Parameter<T>(string name, string description) : Parameter(name, description)
{
    public override string? ProblemOf(string text) => TryRead(text, out _, out string? expected) ? null : expected;

    /// <summary>The value of a request that was checked; the default when it is not given.</summary>
    [return: NotNullIfNotNull(nameof(standard))]
    public T? Of(HttpContext context, T? standard) =>
        context.Request.Query.TryGetValue(Name, out var given) && TryRead(given.ToString(), out T? value, out _) ? value : standard;

    protected abstract bool TryRead(string text, [MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out string? expected);
}
