using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Primitives;
using Modular.Host.Api;
using Modular.Host.Callers;

namespace Modular.Host.Gate;

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
            // The page that explains it knows that nothing is the matter with the request token.
            context.HttpContext.Features.Set(this);
            context.Result = new StatusCodeResult(status);
            return;
        }

        await next();
    }

    private static async Task<int?> FaultAsync(HttpContext http)
    {
        var request = http.Request;
        if (IsExplained(http))
        {
            return null;
        }

        if (HoldsNul(request.Query))
        {
            return StatusCodes.Status400BadRequest;
        }

        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || string.IsNullOrEmpty(request.ContentType) || IsPrograms(http))
        {
            return null;
        }

        if (!request.HasFormContentType)
        {
            return StatusCodes.Status415UnsupportedMediaType;
        }

        try
        {
            return HoldsNul(await request.ReadFormAsync(http.RequestAborted)) ? StatusCodes.Status400BadRequest : null;
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

    /// <summary>The database takes no NUL, and a prepared statement that it refused for one fails once more at the next that uses it.</summary>
    private static bool HoldsNul(IEnumerable<KeyValuePair<string, StringValues>> fields) =>
        fields.Any(f => f.Key.Contains('\0', StringComparison.Ordinal) || f.Value.Any(v => v is not null && v.Contains('\0', StringComparison.Ordinal)));

    /// <summary>Programs send JSON and are told what is wrong with it.</summary>
    private static bool IsPrograms(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<ApiMetadata>() is not null || http.Request.Path.StartsWithSegments("/connect", StringComparison.OrdinalIgnoreCase);

    /// <summary>What failed is explained as the request that it was.</summary>
    private static bool IsExplained(HttpContext http) => http.Features.Get<IStatusCodeReExecuteFeature>() is not null || http.Features.Get<IExceptionHandlerFeature>() is not null;
}
