using Microsoft.AspNetCore.Mvc;
using Modular.Host.Assets;
using Modular.Host.Live;
using Modular.Host.Progress;
using Modular.Host.Slots;
using Modular.Sdk;

namespace Modular.Host.Frame;

public static class FrameServices
{
    /// <summary>Everything around and inside pages that modules share.</summary>
    public static void AddFrame(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<AssetStore>();
        services.AddSingleton<BrokenCounts>();
        services.AddScoped(sp => Places.Of(sp.GetRequiredService<ScopeContext>(), sp.GetRequiredService<IHttpContextAccessor>().HttpContext?.Request));
        services.AddScoped<FrameCounter>();
        services.AddScoped<FrameReader>();
        services.AddScoped<SavedViews>();
        services.AddScoped<IPageParts, PageParts>();
        services.AddSlots();
        services.AddLive();
        services.AddProgress();
        services.Configure<MvcOptions>(mvc =>
        {
            mvc.ModelBinderProviders.Insert(0, new TypedBinders());
            mvc.ModelMetadataDetailsProviders.Add(new PlainWords());
            PlainWords.Words(mvc);
            mvc.Filters.Add<PageHeaders>();
        });
    }

    public static void UseAssets(this WebApplication app) => app.UseMiddleware<AssetMiddleware>();
}
