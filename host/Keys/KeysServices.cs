using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace Modular.Host.Keys;

public static class KeysServices
{
    public static IServiceCollection AddKeys(this IServiceCollection services)
    {
        services.AddSingleton<MasterKey>();
        services.AddDataProtection().SetApplicationName("modular");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(sp => new ConfigureOptions<KeyManagementOptions>(keys =>
        {
            keys.XmlRepository = ActivatorUtilities.CreateInstance<CatalogueKeys>(sp);
            keys.XmlEncryptor = ActivatorUtilities.CreateInstance<MasterKeyEncryptor>(sp);
        }));
        var inner = services.Last(s => s.ServiceType == typeof(IDataProtectionProvider)).ImplementationFactory!;
        services.AddKeyedSingleton("unbound", (sp, _) => (IDataProtectionProvider)inner(sp));
        services.AddSingleton(sp => new KeyRing(sp.GetRequiredKeyedService<IDataProtectionProvider>("unbound")));
        services.AddSingleton<IDataProtectionProvider>(sp => new PracticeProtection(
            sp.GetRequiredKeyedService<IDataProtectionProvider>("unbound"), sp.GetRequiredService<IHttpContextAccessor>()));
        return services;
    }
}
