namespace Modular.Host.Webhooks;

public static class WebhooksServices
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services) => services
        .AddSingleton<WebhookState>()
        .AddSingleton<WebhookLanes>()
        .AddScoped<WebhookAdmin>();
}
