using Modular.Host.Contracts;

namespace Modular.Host.Api;

public static class ApiServices
{
    public static IServiceCollection AddApi(this IServiceCollection services) => services
        .AddSingleton<KeptAnswers>()
        .AddSingleton<XmlWords>()
        .AddSingleton<Shapes>()
        .AddSingleton<OpenApiDocument>()
        .AddSingleton<MessageContracts>();
}
