using Microsoft.AspNetCore.Identity;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Host.SignIn.Provider;

namespace Modular.Host.SignIn;

public static class SignInServices
{
    public static void AddSignIn(this IServiceCollection services)
    {
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
        services.AddSingleton<SignInAttempts>();
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
        services.AddScoped<Letterbox>();
        services.AddScoped<LinkTries>();
        services.AddScoped<Invitations>();
        services.AddProviderSignIn();
    }

    /// <summary>The address in the browser is this practice's: as asked for, or as configured where a balancer ends TLS.</summary>
    private static bool IsOwn(HttpContext http, string origin) =>
        origin == $"{http.Request.Scheme}://{http.Request.Host}" || origin == http.RequestServices.GetRequiredService<ScopeContext>().Practice.BaseUrl;
}
