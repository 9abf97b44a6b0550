using Modular.Host.Callers;

namespace Modular.Host.SignedIn;

public static class SignedInServices
{
    public static IServiceCollection AddSessions(this IServiceCollection services) => services
        .AddSingleton<SessionCookie>()
        .AddSingleton<SessionReader>()
        .AddSingleton<Sessions>()
        .AddSingleton<KeptForms>()
        .AddScoped<CurrentSession>();
}
