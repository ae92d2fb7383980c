using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace GatewayAgent.Portal.Http;

/// <summary>The query parameters that a route takes.</summary>
internal sealed record RouteParameters(IReadOnlyList<Parameter> List);

/// <summary>Checks the query of a request before it is answered: what a route does not take is a problem too.</summary>
internal static class ParameterCheck
{
    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder route, params Parameter[] parameters)
    {
        route.WithMetadata(new RouteParameters(parameters));
        return route.AddEndpointFilter((context, next) =>
        {
            List<FieldProblem> problems = [.. Problems(context.HttpContext.Request.Query, parameters)];
            return problems.Count == 0
                ? next(context)
                : ValueTask.FromResult<object?>(ProblemType.InvalidParameter.With(Detail(problems[0]), problems));
        });
    }

    /// <summary>The beginning of a value, for an answer that repeats it.</summary>
    public static string Shortened(string value) => value.Length <= PortalLimits.MaxEchoed ? value : value[..PortalLimits.MaxEchoed] + "…";

    private static IEnumerable<FieldProblem> Problems(IQueryCollection query, Parameter[] parameters)
    {
        foreach ((string name, StringValues values) in query)
        {
            Parameter? parameter = parameters.FirstOrDefault(known => known.Name == name);
            string? problem = parameter == null ? Unknown(parameters)
                : values.Count != 1 ? "given once"
                : parameter.ProblemOf(values[0] ?? "");
            if (problem != null)
            {
                yield return new FieldProblem(Shortened(name), Shortened(values.ToString()), problem);
            }
        }

        foreach (Parameter missing in parameters.Where(parameter => parameter.IsRequired && !query.ContainsKey(parameter.Name)))
        {
            yield return new FieldProblem(missing.Name, null, "it is needed");
        }
    }

    private static string Unknown(Parameter[] parameters) =>
        parameters.Length == 0 ? "no parameters are taken here" : $"one of the parameters {string.Join(", ", parameters.Select(known => known.Name))}";

    private static string Detail(FieldProblem problem) =>
        problem.Value == null ? $"{problem.Field} is missing." : $"{problem.Field}: '{problem.Value}' is not {problem.Reason}.";
}
