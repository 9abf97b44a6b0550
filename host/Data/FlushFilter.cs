using Microsoft.AspNetCore.Mvc.Filters;

namespace Modular.Host.Data;

/// <summary>
/// After an action and before its answer leaves: what it logged or published outside a write is committed, so that no page about
/// a patient is shown without its entry in the access log. A failed action leaves nothing behind.
/// </summary>
public sealed class FlushFilter(Work work) : IAsyncActionFilter
{
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var done = await next();
        if (done.Exception is null)
        {
            await work.FlushAsync(context.HttpContext.RequestAborted);
        }
        else
        {
            work.Discard();
        }
    }
}
