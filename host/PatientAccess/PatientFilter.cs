using System.Collections.Concurrent;
using System.Reflection;
using Htmx;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Filters;
using Modular.Host.Api;
using Modular.Host.Callers;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.PatientAccess;

/// <summary>
/// Before an action that is about a patient: opens the patient through the one door, or answers in its place. An id of a shut chart that
/// comes in where nobody declared it is refused as well, and so is an answer that was about to name one.
/// </summary>
public sealed class PatientFilter(PatientDoor door, AccessLog log, RestrictedCharts charts, InstalledModules modules, ScopeContext scope) : IAsyncActionFilter
{
    public const string Sentence = "This chart is restricted: it opens to people who say why, and to no program.";

    private static readonly ConcurrentDictionary<MethodInfo, Subject[]> Known = new();

    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var opened = new List<(Guid Patient, string What)>();
        foreach (var subject in context.ActionDescriptor is ControllerActionDescriptor action ? Known.GetOrAdd(action.MethodInfo, Subject.Of) : [])
        {
            if (!context.ActionArguments.TryGetValue(subject.Parameter, out var value) || value is not Guid id
                || await PatientAsync(context.HttpContext, subject, id) is not { } patient || IsUnlock(context))
            {
                continue;
            }

            if (door.IsShut(patient))
            {
                context.Result = await ShutAsync(context.HttpContext, patient);
                return;
            }

            if (subject.What is { } what)
            {
                log.Viewed(patient, what);
                opened.Add((patient, what));
            }
        }

        var done = await next();
        if (done.Exception is PatientShutException shut)
        {
            (done.Result, done.ExceptionHandled) = (await ShutAsync(context.HttpContext, shut.PatientId), true);
            return;
        }

        // A write that was refused took the notes along, and its page is shown all the same.
        opened.ForEach(o => log.Viewed(o.Patient, o.What));
    }

    private async Task<Guid?> PatientAsync(HttpContext http, Subject subject, Guid id)
    {
        if (subject.Through is not { } row)
        {
            return id;
        }

        var db = modules.WithCore.SelectMany(m => m.Declared.Databases).Where(d => d.Assembly == row.Row.Assembly)
            .Select(d => (ModuleDb)http.RequestServices.GetRequiredService(d)).First(d => d.Model.FindEntityType(row.Row) is not null);
        return await row.FindAsync(db, id, http.RequestAborted);
    }

    /// <summary>The page that asks why is the one that a shut chart opens to.</summary>
    private bool IsUnlock(ActionExecutingContext context) => charts.Owner is { } owner && context.HttpContext.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route }
        && $"/{route.TrimStart('/')}".Replace(":guid", "", StringComparison.Ordinal) == owner.Declared.Unlock;

    private async Task<IActionResult> ShutAsync(HttpContext http, Guid patient)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<ApiMetadata>() is not null)
        {
            return ApiProblem.Of(StatusCodes.Status403Forbidden, Sentence);
        }

        // The reason may just have been said at another host, of which this one has not heard.
        await charts.RefreshAsync(scope.Practice, true, http.RequestAborted);
        var get = HttpMethods.IsGet(http.Request.Method);
        var here = $"{http.Request.Path}{http.Request.QueryString}";
        var unlock = charts.Owner!.Value.Declared.Unlock.Replace("{id}", patient.ToString(), StringComparison.Ordinal);
        var back = get && !http.Request.WantsFragment() ? here : unlock[..unlock.LastIndexOf('/')];
        var to = get && !door.IsShut(patient) ? here : $"{unlock}?returnUrl={Uri.EscapeDataString(back)}";
        if (!http.Request.WantsFragment())
        {
            return new LocalRedirectResult(to);
        }

        http.Response.Htmx(h => h.Redirect(to));
        return new EmptyResult();
    }

    /// <param name="What">Null for an id of which nobody said what it is.</param>
    private sealed record Subject(string Parameter, string? What, PatientOfAttribute? Through)
    {
        public static Subject[] Of(MethodInfo action) =>
        [
            .. action.GetParameters().Where(p => (Nullable.GetUnderlyingType(p.ParameterType) ?? p.ParameterType) == typeof(Guid)).Select(p =>
                p.GetCustomAttribute<PatientOfAttribute>() is { } row ? new Subject(p.Name!, row.What, row) : new(p.Name!, p.GetCustomAttribute<PatientAttribute>()?.What, null)),
        ];
    }
}
