using Modular.Sdk;

namespace Modular.Host.Progress;

public static class ProgressServices
{
    public static void AddProgress(this IServiceCollection services)
    {
        services.AddScoped<ProgressReports>();
        services.AddScoped<IProgress>(sp => sp.GetRequiredService<ProgressReports>());
        services.AddScoped<ProgressFragment>();
    }
}
