using Modular.Sdk;

namespace Modular.Host.Modules;

/// <summary>
/// Between routing and every endpoint: the module must be on for the practice (404), the person must have the permission
/// (sign-in page, or 403). Deny by default: an endpoint without a rule stops the host from starting.
/// </summary>
public sealed class Gate(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http, ScopeContext scope)
    {
        if (http.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<IModuleMetadata>() is not { } module)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // Probes and metrics belong to the process, not to a practice.
        if (endpoint.Metadata.GetMetadata<OpenToAttribute>() is { Audience: Audience.Anyone })
        {
            if (!scope.HasPractice || scope.Practice.IsOn(module.ModuleId))
            {
                await next(http);
                return;
            }

            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (!scope.HasPractice || !scope.Practice.IsOn(module.ModuleId))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        else if (!scope.Actor.SignedIn)
        {
            SignIn(http);
        }
        else if (endpoint.Metadata.GetMetadata<NeedsAttribute>() is { } needs && !scope.Actor.Can(needs.Permission))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
        else
        {
            await next(http);
        }
    }

    private static void SignIn(HttpContext http)
    {
        var back = HttpMethods.IsGet(http.Request.Method) ? http.Request.PathBase + http.Request.Path + http.Request.QueryString : "/";
        var url = $"/account/sign-in?returnUrl={Uri.EscapeDataString(back)}";
        if (http.Request.IsHtmx())
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            http.Response.Headers["HX-Redirect"] = url;
            return;
        }

        http.Response.Redirect(url);
    }

    /// <summary>Refuses to start while any endpoint lacks a module or a rule, or names a permission nobody declared.</summary>
    public static void Check(IEnumerable<Endpoint> endpoints, InstalledModules modules)
    {
        var declared = modules.WithCore.SelectMany(m => m.Declared.Permissions).Select(p => p.Id).ToHashSet();
        foreach (var endpoint in endpoints)
        {
            var needs = endpoint.Metadata.GetMetadata<NeedsAttribute>();
            var fault = endpoint.Metadata.GetMetadata<IModuleMetadata>() is null ? "belongs to no module"
                : needs is null && endpoint.Metadata.GetMetadata<OpenToAttribute>() is null ? "declares no permission"
                : needs is not null && !declared.Contains(needs.Permission) ? $"needs {needs.Permission}, which nobody declares"
                : null;
            if (fault is not null)
            {
                throw new InvalidOperationException($"The endpoint {endpoint.DisplayName} {fault}.");
            }
        }
    }
}
