namespace Modular.Host.Imports;

public static class ImportsServices
{
    public static IServiceCollection AddImports(this IServiceCollection services) => services
        .AddScoped<ImportKinds>()
        .AddScoped<ImportUpload>()
        .AddScoped<ImportSteps>()
        .AddSingleton<ImportRunner>();
}
