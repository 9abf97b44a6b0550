using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Modular.Host.Installed;
using Modular.Host.Keys;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Host.Settings;
using Modular.Host.SignIn.Provider;
using Modular.Sdk;
using OpenIddict.Client.AspNetCore;

namespace Modular.Host.SignIn;

/// <summary>Sets up and tries the practice's own identity provider. Whoever may do that decides who is who here, so only an owner does.</summary>
public sealed class EditProvider(PeopleDb db, Authority authority, Providers providers, ProviderCalls calls, ProviderDoor door, Secrets secrets, ScopeContext scope) : Slice
{
    public const string Permission = "core.sign-in.manage";

    /// <summary>Where the outcome of the test waits for the page.</summary>
    public const string Tested = "provider-tested";

    public sealed class Form : IEditForm<SignInProvider>
    {
        public int Version { get; set; }

        [Required(ErrorMessage = "Type the provider's address."), StringLength(500)]
        public string Issuer { get; set; } = "";

        [Required(ErrorMessage = "Type the client id that the provider gave you."), StringLength(200)]
        public string ClientId { get; set; } = "";

        [Required(ErrorMessage = "Say what stands on the button."), StringLength(40)]
        public string Button { get; set; } = "Use my practice account";
        public bool Active { get; set; }

        public void Show(SignInProvider p) => (Issuer, ClientId, Button, Active) = (p.Issuer, p.ClientId, p.Button, p.Active);

        public void Write(SignInProvider p, Reading read) =>
            (p.Issuer, p.ClientId, p.Button, p.Active) = (Issuer.Trim(), ClientId.Trim(), Button.Trim(), Active);
    }

    /// <param name="Known">Null before the first save.</param>
    /// <param name="SecretSince">When the secret was typed last; null when none is kept.</param>
    /// <param name="Callback">To be registered at the provider.</param>
    /// <param name="Outcome">Of the test that just ended.</param>
    public sealed record Model(Form Form, SignInProvider? Known, DateTimeOffset? SecretSince, string Callback, string? Outcome);

    [HttpGet("/admin/sign-in")]
    [Needs(Permission), StepUp]
    public async Task<IActionResult> Get(CancellationToken ct) => await Row(null, false).ShowAsync(await IdAsync(ct), ct);

    /// <param name="forget">Without a secret the provider knows the practice by its address alone.</param>
    [HttpPost("/admin/sign-in")]
    [Needs(Permission), StepUp]
    public async Task<IActionResult> Post([Bind(Prefix = "Form")] Form form, [FromForm(Name = "password.secret")] string? secret, bool forget, CancellationToken ct)
    {
        if (authority.FaultOverAll() is { } beyond)
        {
            Refuse("", beyond);
        }

        // Beside what else is missing, not after it.
        if (form.Issuer is { Length: > 0 } && calls.Fault(Uri.TryCreate(form.Issuer.Trim(), UriKind.Absolute, out var issuer) ? issuer : null) is { } fault)
        {
            Refuse("Form.Issuer", fault);
        }

        if (secret?.Length > Secrets.MaxLength)
        {
            Refuse("", $"The secret is longer than {Secrets.MaxLength:N0} characters.");
        }

        return await Row(secret, forget).SaveAsync(await IdAsync(ct), form, ct);
    }

    private async Task<Guid?> IdAsync(CancellationToken ct) => (await providers.FindAsync(ct))?.Id;

    private Edit<SignInProvider, Form> Row(string? secret, bool forget) => new(this, db)
    {
        What = "provider",
        New = () => new() { Issuer = "", ClientId = "", Button = "" },
        Model = async (known, form, ct) => await ModelAsync(form, known, ct),
        After = (_, ct) => secret is { Length: > 0 } || forget
            ? secrets.KeepAsync(LoadedModule.CoreId, Providers.SecretId, forget ? null : secret, ct) : Task.CompletedTask,
        Saved = _ => Done("/admin/sign-in", "Saved. Try it with the test."),
    };

    /// <summary>The whole way: to the provider, through its page, back with an answer. Nobody is signed in by it.</summary>
    [HttpGet("/admin/sign-in/test")]
    [Needs(Permission), StepUp, MeetsProvider]
    public async Task<IActionResult> Test(CancellationToken ct)
    {
        var (way, fault) = await door.ToAsync(ProviderPurpose.Test, "/admin/sign-in", ct);
        if (way is not null)
        {
            return Challenge(way, OpenIddictClientAspNetCoreDefaults.AuthenticationScheme);
        }

        TempData[Tested] = fault;
        return LocalRedirect("/admin/sign-in");
    }

    private async Task<Model> ModelAsync(Form form, SignInProvider? known, CancellationToken ct) => new(
        form, known, await secrets.SinceAsync(Providers.SecretId, ct), $"{AccessTokens.Issuer(scope.Practice, Request)}/{ProviderRegistrations.Callback}", TempData[Tested] as string);
}
