using Microsoft.AspNetCore.Mvc;
using Modular.Host.Assets;
using Modular.Host.Frame.Cached;
using Modular.Host.Live;
using Modular.Host.Practices;
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
        services.AddSingleton<PartsOfPage>();
        services.AddSingleton<CachedParts>();
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.Providers.Add<PageCompression>();
        });
        services.AddSlots();
        services.AddLive();
        services.AddProgress();
        services.Configure<MvcOptions>(mvc =>
        {
            mvc.ModelBinderProviders.Insert(0, new TypedBinders());
            PlainWords.Words(mvc);
            mvc.Filters.Add<PageHeaders>();
        });
        // After MVC's own set-up: only then is the framework's rule there to be given other words.
        services.PostConfigure<MvcOptions>(mvc => mvc.ModelMetadataDetailsProviders.Add(new PlainWords()));
    }

    public static void UseAssets(this WebApplication app) => app.UseMiddleware<AssetMiddleware>();
}
