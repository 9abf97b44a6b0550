using Modular.Sdk;

namespace Modular.Host.Acknowledgements;

public static class AcknowledgementsServices
{
    public static IServiceCollection AddAcknowledgements(this IServiceCollection services) => services
        .AddScoped<DocumentKinds>().AddScoped<RequiredReaders>().AddScoped<DocumentPublisher>()
        .AddScoped<IAcknowledgements>(s => s.GetRequiredService<DocumentPublisher>());
}
