using Modular.Sdk;

namespace Modular.Host.Settings;

public static class SettingsServices
{
    public static IServiceCollection AddSettings(this IServiceCollection services) => services
        .AddSingleton<SettingsCatalog>()
        .AddSingleton<SettingsCache>()
        .AddScoped<SettingsEditor>()
        .AddScoped(typeof(ISettings<>), typeof(Settings<>));
}
