using Modular.Host.Data;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.PatientAccess;

public static class PatientAccessServices
{
    public static IServiceCollection AddPatientAccess(this IServiceCollection services) => services
        .AddSingleton<RestrictedCharts>()
        .AddScoped<AccessLog>()
        .AddScoped<IAccessLog>(sp => sp.GetRequiredService<AccessLog>())
        .AddScoped<PatientDoor>()
        .AddScoped<IPatientAccess>(sp => sp.GetRequiredService<PatientDoor>())
        .AddScoped<IRowRecorder, RestrictionRecorder>()
        .AddTransient(sp => Scope(sp.GetRequiredService<ScopeContext>(), sp.GetRequiredService<RestrictedCharts>(), sp.GetRequiredService<TimeProvider>()));

    /// <summary>After the gate: what every query of the request leaves out is known before the first of them.</summary>
    public static void UsePatientAccess(this WebApplication app) => app.Use(async (http, next) =>
    {
        var scope = http.RequestServices.GetRequiredService<ScopeContext>();
        if (scope.Actor.Id is not null || scope.Visit is not null)
        {
            await http.RequestServices.GetRequiredService<RestrictedCharts>().RefreshAsync(scope.Practice, false, http.RequestAborted);
        }

        await next(http);
    });

    private static DataScope Scope(ScopeContext scope, RestrictedCharts charts, TimeProvider clock) =>
        DataScope.Of(scope.Actor) with { ShutPatients = PatientDoor.Standing(scope, charts, clock).Shut() };
}
