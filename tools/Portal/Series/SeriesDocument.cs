namespace GatewayAgent.Portal.Series;

/// <summary>Series of a home on one grid of time, in columns as charts draw them.</summary>
/// <param name="StepSeconds">Time that each point stands for.</param>
/// <param name="From">What the points are of: <c>windows</c>, or <c>hours</c> of merged windows.</param>
/// <param name="Times">Start of each step, Unix seconds.</param>
internal sealed record SeriesDocument(string Home, long StepSeconds, string From, IReadOnlyList<long> Times, IReadOnlyList<NodeSeries> Series);

/// <summary>One metric of one node.</summary>
/// <param name="Statistic">What a point is of the values it stands for.</param>
/// <param name="Values">As many as there are times; null = not measured.</param>
internal sealed record NodeSeries(string Node, string Metric, string Unit, string Statistic, IReadOnlyList<double?> Values);
