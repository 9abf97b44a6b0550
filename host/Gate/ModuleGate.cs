using Htmx;
using Modular.Host.Api;
using Modular.Host.Callers;
using Modular.Host.Installed;
using Modular.Host.Links;
using Modular.Host.Practices;
using Modular.Host.Programs;
using Modular.Host.Rights;
using Modular.Host.SignedIn;
using Modular.Sdk;

namespace Modular.Host.Gate;

/// <summary>
/// Between routing and every endpoint: the module and the feature must be on for the practice (404), the person must have the permission
/// (sign-in page, lock page, or 403), and have confirmed who they are where the endpoint asks for it. An endpoint for programs asks for a token instead.
/// Deny by default: an endpoint without a rule stops the host from starting.
/// </summary>
public sealed class ModuleGate(RequestDelegate next, KeptForms kept, TimeProvider clock)
{
    public async Task InvokeAsync(HttpContext http, ScopeContext scope, CurrentSession current, CurrentProgram program, LinkGate links)
    {
        if (http.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<IModuleMetadata>() is not { } module)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (endpoint.Metadata.GetMetadata<PublicPageAttribute>() is { } page)
        {
            if (PublicRequest.Of(http) is null || !scope.HasPractice || !IsHere(scope.Practice, module, endpoint))
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
            }
            else if (await links.AdmitAsync(http, page))
            {
                await next(http);
            }

            return;
        }

        // Probes and metrics belong to the process, not to a practice.
        if (endpoint.Metadata.GetMetadata<OpenToAttribute>() is { Audience: Audience.Anyone })
        {
            if (!scope.HasPractice || IsHere(scope.Practice, module, endpoint))
            {
                await next(http);
                return;
            }

            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (!scope.HasPractice || !IsHere(scope.Practice, module, endpoint))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        else if (endpoint.Metadata.GetMetadata<ApiMetadata>() is not null)
        {
            await (ApiAnswers.Refusal(http, program, scope.Actor) ?? next(http));
        }
        else if (!scope.Actor.SignedIn)
        {
            await SendAsync(http, scope, current, current.Locked ? "/lock" : "/account/sign-in");
        }
        else if (endpoint.Metadata.GetMetadata<NeedsAttribute>() is { } needs && !scope.Actor.Can(needs.Permission))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
        else if (Export(http) is { } export && !export.IsOpenTo(scope.Actor))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
        else if ((endpoint.Metadata.GetMetadata<StepUpAttribute>() is not null || Export(http) is not null)
            && !current.Required.IsConfirmed(clock.GetUtcNow()))
        {
            await SendAsync(http, scope, current, "/account/confirm");
        }
        else
        {
            await kept.RestoreAsync(http, scope);
            await next(http);
        }
    }

    /// <summary>Below /public, where no session is read.</summary>
    private static bool IsPublic(Endpoint endpoint) => endpoint is RouteEndpoint { RoutePattern.RawText: { } route }
        && new PathString("/" + route.TrimStart('/').Split('{')[0].TrimEnd('/')).StartsWithSegments("/public");

    /// <summary>What a list takes beyond its page, when it is asked for as anything else.</summary>
    private static ExportAttribute? Export(HttpContext http) =>
        ListFormats.Of(http.Request) == ListFormat.Page ? null : http.GetEndpoint()?.Metadata.GetMetadata<ExportAttribute>();

    private static bool IsHere(IPractice practice, IModuleMetadata module, Endpoint endpoint) =>
        practice.IsOn(module.ModuleId) && endpoint.Metadata.GetOrderedMetadata<FeatureAttribute>().All(f => practice.HasFeature(f.Id));

    /// <summary>To a page that asks who this is, and from there back to the page the person was on, with what they had typed.</summary>
    private async Task SendAsync(HttpContext http, ScopeContext scope, CurrentSession current, string page)
    {
        var back = Behind(http.Request);
        if (await kept.KeepAsync(http, scope.Practice, current, http.Request.Path) is { } id)
        {
            back = KeptForms.Address(back, id);
        }

        var url = $"{page}?returnUrl={Uri.EscapeDataString(back)}";
        if (http.Request.WantsFragment())
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            http.Response.Htmx(h => h.Redirect(url));
            return;
        }

        http.Response.Redirect(url);
    }

    /// <summary>The page in the browser's address bar: what was asked for, or the page whose form or fragment asked.</summary>
    private static string Behind(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) && !request.WantsFragment())
        {
            return request.PathBase + request.Path + request.QueryString;
        }

        var from = request.WantsFragment() ? request.Headers["HX-Current-URL"].ToString() : request.Headers.Referer.ToString();
        return Uri.TryCreate(from, UriKind.Absolute, out var page) && page.Authority == request.Host.Value ? LocalReturn.Or(page.PathAndQuery, "/") : "/";
    }

    /// <summary>Refuses to start while any endpoint lacks a module or a rule, or names a permission nobody declared.</summary>
    public static void Check(IEnumerable<Endpoint> endpoints, InstalledModules modules)
    {
        var declared = modules.WithCore.SelectMany(m => m.Declared.Permissions).Select(p => p.Id).ToHashSet();
        foreach (var endpoint in endpoints)
        {
            var needs = endpoint.Metadata.GetMetadata<NeedsAttribute>();
            var fault = endpoint.Metadata.GetMetadata<IModuleMetadata>() is null ? "belongs to no module"
                : IsPublic(endpoint) != endpoint.Metadata.GetMetadata<PublicPageAttribute>() is not null
                    ? "stands at the public door and is no public page, or the other way round"
                : needs is null && endpoint.Metadata.GetMetadata<OpenToAttribute>() is null && !IsPublic(endpoint) ? "declares no permission"
                : needs is not null && !declared.Contains(needs.Permission) ? $"needs {needs.Permission}, which nobody declares"
                : endpoint.Metadata.GetMetadata<ExportAttribute>()?.Permission is { } export && !declared.Contains(export)
                    ? $"needs {export}, which nobody declares"
                : null;
            if (fault is not null)
            {
                throw new InvalidOperationException($"The endpoint {endpoint.DisplayName} {fault}.");
            }
        }
    }
}
