using Modular.Host.Installed;
using Modular.Sdk;

namespace Modular.Host.Live;

public static class LiveServices
{
    public static void AddLive(this IServiceCollection services)
    {
        services.AddSingleton<LiveHub>();
        services.AddHostedService(sp => sp.GetRequiredService<LiveHub>());
        services.AddScoped<ILive, LiveChanges>();
        services.AddScoped<LiveSession>();
        services.AddScoped<LiveStream>();
    }

    public static void MapLive(this WebApplication app) =>
        app.MapGet("/live", (HttpContext http, LiveStream stream, string? topics) => stream.ServeAsync(http, topics ?? ""))
            .WithMetadata(new ModuleMetadata(LoadedModule.CoreId), new OpenToAttribute(Audience.SignedIn, "Each topic asks for the permission it declared."), new BackgroundAttribute());
}
