using Modular.Sdk;

namespace Modular.Host.Retention;

public static class RetentionServices
{
    public static IServiceCollection AddRetention(this IServiceCollection services) => services
        .AddScoped<RetentionClasses>().AddScoped<RetentionLook>().AddScoped<IRetention>(s => s.GetRequiredService<RetentionLook>())
        .AddScoped<DisposalProposals>().AddScoped<DisposalCollector>().AddScoped<DisposalBatch>();
}
