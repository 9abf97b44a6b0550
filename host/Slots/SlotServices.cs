using Modular.Sdk;

namespace Modular.Host.Slots;

public static class SlotServices
{
    public static void AddSlots(this IServiceCollection services)
    {
        services.AddSingleton<SlotBreaker>();
        services.AddScoped<SlotRunner>();
        services.AddScoped<SlotRenderer>();
        services.AddScoped<SlotForms>();
        services.AddScoped<IMarks, SlotMarks>();
        services.AddScoped<HomeWidgets>();
    }
}
