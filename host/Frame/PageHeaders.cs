using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Modular.Host.Frame;

/// <summary>One address answers with a page or a fragment; caches and the back button must not mix them up.</summary>
public sealed class PageHeaders : IResultFilter
{
    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (context.Result is ViewResult or PartialViewResult)
        {
            context.HttpContext.Response.Headers.Append("Vary", "HX-Request");
        }
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }
}
