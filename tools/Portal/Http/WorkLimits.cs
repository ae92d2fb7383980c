using System.Threading.RateLimiting;
using GatewayAgent.Portal.Access;
using GatewayAgent.Portal.Api;
using GatewayAgent.Portal.Live;
using Microsoft.AspNetCore.Http;

namespace GatewayAgent.Portal.Http;

/// <summary>
/// How much is worked on at once: in all, and for one token, so that no tenant takes it all. A document counts until it is made: a client that
/// takes it slowly holds up nobody. An export counts until it is taken, for it is a file on disk meanwhile.
/// </summary>
internal sealed class WorkLimits : IDisposable
{
    private readonly PartitionedRateLimiter<string> _documents = Limit(
        (PortalLimits.MaxRequestsOfToken, PortalLimits.MaxWaitingRequestsOfToken), (PortalLimits.MaxConcurrentRequests, PortalLimits.MaxWaitingRequests));

    private readonly PartitionedRateLimiter<string> _exports = Limit(
        (PortalLimits.MaxExportsOfToken, PortalLimits.MaxWaitingExportsOfToken), (PortalLimits.MaxConcurrentExports, PortalLimits.MaxWaitingExports));

    /// <summary>Works on a request of the API when its turn comes; refuses it when too many wait.</summary>
    public async ValueTask<object?> Take(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        HttpContext context = invocation.HttpContext;
        EndpointMetadataCollection metadata = context.GetEndpoint()!.Metadata;
        if (metadata.GetMetadata<IsStream>() != null)
        {
            return await next(invocation);
        }

        bool isExport = metadata.GetMetadata<IsExport>() != null;
        RateLimitLease lease = await (isExport ? _exports : _documents).AcquireAsync(context.Grant().Name, 1, context.RequestAborted);
        if (isExport)
        {
            context.Response.RegisterForDispose(lease);
            return lease.IsAcquired ? await next(invocation) : Busy();
        }

        using (lease)
        {
            return lease.IsAcquired ? await next(invocation) : Busy();
        }
    }

    public void Dispose()
    {
        _documents.Dispose();
        _exports.Dispose();
    }

    private static IResult Busy() => ProblemType.Busy.With("Try again in a moment.");

    private static PartitionedRateLimiter<string> Limit((int Permits, int Waiting) ofToken, (int Permits, int Waiting) ofAll) =>
        PartitionedRateLimiter.CreateChained(By(token => token, ofToken), By(_ => "", ofAll));

    private static PartitionedRateLimiter<string> By(Func<string, string> partition, (int Permits, int Waiting) limit) =>
        PartitionedRateLimiter.Create<string, string>(token => RateLimitPartition.GetConcurrencyLimiter(
            partition(token), _ => new ConcurrencyLimiterOptions { PermitLimit = limit.Permits, QueueLimit = limit.Waiting }));
}
