using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Modular.Host.Callers;
using Modular.Host.FirstRun;
using Modular.Host.Keys;
using Modular.Host.People;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Host.SignIn.Provider;
using Modular.Host.SignedIn;

namespace Modular.Host.SignIn;

public static class PeopleServices
{
    public static void AddPeople(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        AddProtection(services);
        services.AddIdentityCore<Person>(identity =>
        {
            identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
            identity.User.AllowedUserNameCharacters = "";
            // Length and the list of known passwords do the work; composition rules only make people write passwords down.
            identity.Password.RequiredLength = PasswordRules.MinLength;
            identity.Password.RequireDigit = identity.Password.RequireLowercase = identity.Password.RequireUppercase = identity.Password.RequireNonAlphanumeric = false;
        }).AddPasswordValidator<PasswordRules>().AddTokenProvider<AuthenticatorTokenProvider<Person>>(TokenOptions.DefaultAuthenticatorProvider);
        services.AddScoped<PersonStore>();
        services.AddScoped<IUserStore<Person>>(sp => sp.GetRequiredService<PersonStore>());
        services.AddScoped<SecondFactor>();
        services.AddScoped<IPasskeyHandler<Person>, PasskeyHandler<Person>>();
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<SessionReader>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<KeptForms>();
        services.AddSingleton<SignInAttempts>();
        services.AddScoped<CurrentSession>();
        services.AddScoped<SignInCheck>();
        services.AddScoped<SignInSteps>();
        services.AddScoped<OwnCode>();
        services.AddScoped<Passkeys>();
        services.AddScoped<Identify>();
        services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            // A passkey stands for both factors: it must be found without a name and must itself check who holds it.
            passkeys.ResidentKeyRequirement = "required";
            passkeys.UserVerificationRequirement = "required";
            passkeys.ValidateOrigin = origin => ValueTask.FromResult(!origin.CrossOrigin && IsOwn(origin.HttpContext, origin.Origin));
        });
        services.AddScoped<Authority>();
        services.AddScoped<Owners>();
        services.AddScoped<Letterbox>();
        services.AddScoped<LinkTries>();
        services.AddScoped<SecondFactorRemovals>();
        services.AddScoped<PeopleAdmin>();
        services.AddScoped<Invitations>();
        services.AddScoped<CustomRoles>();
        services.AddScoped<FirstSetUp>();
        services.AddProviderSignIn();
    }

    /// <summary>The address in the browser is this practice's: as asked for, or as configured where a balancer ends TLS.</summary>
    private static bool IsOwn(HttpContext http, string origin) =>
        origin == $"{http.Request.Scheme}://{http.Request.Host}" || origin == http.RequestServices.GetRequiredService<ScopeContext>().Practice.BaseUrl;

    private static void AddProtection(IServiceCollection services)
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
    }
}
