using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Modular.Host.Api;

namespace Modular.Host.Pages;

/// <summary>
/// A page's write whose body is no form, or a broken one, is answered before its action: binding would leave everything empty, and each
/// action would have to think of it.
/// </summary>
public sealed class ReadableForm : IAsyncResourceFilter
{
    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        if (await FaultAsync(context.HttpContext) is { } status)
        {
            context.Result = new StatusCodeResult(status);
            return;
        }

        await next();
    }

    private static async Task<int?> FaultAsync(HttpContext http)
    {
        var request = http.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || string.IsNullOrEmpty(request.ContentType) || IsElsewheres(http))
        {
            return null;
        }

        if (!request.HasFormContentType)
        {
            return StatusCodes.Status415UnsupportedMediaType;
        }

        try
        {
            await request.ReadFormAsync(http.RequestAborted);
            return null;
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return StatusCodes.Status400BadRequest;
        }
    }

    /// <summary>Programs send JSON and are told what is wrong with it; what failed is explained as the write that it was.</summary>
    private static bool IsElsewheres(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<ApiMetadata>() is not null
        || http.Request.Path.StartsWithSegments("/connect", StringComparison.OrdinalIgnoreCase)
        || http.Features.Get<IStatusCodeReExecuteFeature>() is not null || http.Features.Get<IExceptionHandlerFeature>() is not null;
}
