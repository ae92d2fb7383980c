using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GatewayAgent.Portal.Http;

/// <summary>HEAD is answered as GET is, without the body, which the server leaves out by itself. A stream has no end to wait for.</summary>
internal static class HeadRequests
{
    public static void UseHeadAsGet(this IApplicationBuilder app, PathString butFor) => app.Use(async (context, next) =>
    {
        HttpRequest request = context.Request;
        bool isHead = HttpMethods.IsHead(request.Method) && !request.Path.StartsWithSegments(butFor);
        request.Method = isHead ? HttpMethods.Get : request.Method;
        await next(context);
        request.Method = isHead ? HttpMethods.Head : request.Method;
    });
}
