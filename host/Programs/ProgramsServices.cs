using Modular.Host.Callers;
using Modular.Host.Keys;
using Modular.Host.Programs.Tokens;

namespace Modular.Host.Programs;

public static class ProgramsServices
{
    public static IServiceCollection AddPrograms(this IServiceCollection services) => services
        .AddSingleton<SigningKeys>()
        .AddSingleton<ProgramReader>()
        .AddSingleton<RateLimits>()
        .AddScoped<CurrentProgram>()
        .AddScoped<ProgramAdmin>()
        .AddScoped<ProgramPurge>()
        .AddTokens();
}
