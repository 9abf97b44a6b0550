using Modular.Host.Data;
using Modular.Sdk;

namespace Modular.Host.Indicators;

public static class IndicatorServices
{
    public static IServiceCollection AddIndicators(this IServiceCollection services) => services
        .AddScoped<KnownIndicators>().AddScoped<IndicatorStore>().AddScoped<IIndicators>(s => s.GetRequiredService<IndicatorStore>())
        .AddScoped<IndicatorCounter>().AddScoped<IndicatorFill>().AddScoped<IndicatorReader>().AddScoped<IndicatorPanel>()
        .AddScoped<IRowRecorder, IndicatorRecorder>();
}
