using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Links;

public static class LinksServices
{
    public static IServiceCollection AddLinks(this IServiceCollection services) => services
        .AddSingleton<LinkBook>()
        .AddScoped<LinkStore>()
        .AddScoped<LinkProof>()
        .AddScoped<LinkGate>()
        .AddScoped<LinkDesk>()
        .AddScoped<IPublicLinks, PublicLinks>()
        .AddTransient(sp => sp.GetRequiredService<ScopeContext>().Visit ?? throw new InvalidOperationException("This is no public page."));
}
