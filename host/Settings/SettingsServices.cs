using Modular.Host.Outside;
using Modular.Sdk;

namespace Modular.Host.Settings;

public static class SettingsServices
{
    public static IServiceCollection AddSettings(this IServiceCollection services) => services
        .AddSingleton<SettingsCatalog>()
        .AddSingleton<SettingsCache>()
        .AddScoped<SettingsEditor>()
        .AddScoped<Secrets>()
        .AddScoped<ISecrets>(sp => sp.GetRequiredService<Secrets>())
        .AddSingleton<OutgoingClient>()
        .AddScoped<IOutgoing, Outgoing>()
        .AddScoped(typeof(ISettings<>), typeof(Settings<>));
}
