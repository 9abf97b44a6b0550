using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.Routing;
using Modular.Host.Callers;

namespace Modular.Host.Gate;

/// <summary>A page may lead on to an address with somebody's name or search in it; the header that says where takes ASCII alone.</summary>
public sealed class PlainRedirects(ILoggerFactory logs, IUrlHelperFactory urls) : LocalRedirectResultExecutor(logs, urls)
{
    public override Task ExecuteAsync(ActionContext context, LocalRedirectResult result)
    {
        result.Url = LocalReturn.Plain(result.Url);
        return base.ExecuteAsync(context, result);
    }
}
