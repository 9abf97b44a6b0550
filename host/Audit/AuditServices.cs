using Modular.Host.Data;
using Modular.Sdk;

namespace Modular.Host.Audit;

public static class AuditServices
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddHttpContextAccessor()
        .AddScoped<AuditPlace>()
        .AddScoped<AuditTrail>()
        .AddScoped<AuditLog>()
        .AddScoped<IRowRecorder, ChangeRecorder>()
        .AddScoped<IChangeLog, ChangeLog>()
        .AddSingleton<SealedHeads>()
        .AddSingleton<AuditKeys>()
        .AddSingleton<LostHeads>()
        .AddSingleton<AuditVerifier>()
        .AddSingleton<AuditRetention>()
        .AddSingleton<PatientLists>()
        .AddSingleton<AuditSealer>()
        .AddHostedService(sp => sp.GetRequiredService<AuditSealer>())
        .AddSingleton<HeadsDispatch>()
        .AddHostedService(sp => sp.GetRequiredService<HeadsDispatch>());
}
