using Modular.Sdk;

namespace Modular.Host.Signatures;

public static class SignaturesServices
{
    public static IServiceCollection AddSignatures(this IServiceCollection services) =>
        services.AddScoped<SignatureStore>().AddScoped<ISignatures, Signatures>();
}
