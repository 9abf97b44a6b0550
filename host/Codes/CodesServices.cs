using Modular.Sdk;

namespace Modular.Host.Codes;

public static class CodesServices
{
    public static IServiceCollection AddCodes(this IServiceCollection services) =>
        services.AddScoped<ICodes, CodeReader>().AddSingleton<ILabels, Labels>().AddSingleton<IPdf, PdfFiles>();
}
