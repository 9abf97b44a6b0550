using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Modular.Host.Keys;
using Modular.Host.Rights;

namespace Modular.Host.SignIn;

/// <summary>Identity's store on the people tables. Token values are encrypted with a key outside the database: a copied database gives nobody a second factor.</summary>
public sealed class PersonStore(PeopleDb db, KeyRing keys, IdentityErrorDescriber describer)
    : UserOnlyStore<Person, PeopleDb, Guid, IdentityUserClaim<Guid>, IdentityUserLogin<Guid>, PersonToken, IdentityUserPasskey<Guid>>(db, describer)
{
    // Without the practice on purpose: a restored practice has a new id, and its people keep their second factor.
    private IDataProtector Protector(Person person) => keys.AtRest("person-token", person.Id.ToString("N"));

    public override Task SetTokenAsync(Person user, string loginProvider, string name, string? value, CancellationToken cancellationToken) =>
        base.SetTokenAsync(user, loginProvider, name, value is null ? null : Protector(user).Protect(value), cancellationToken);

    public override async Task<string?> GetTokenAsync(Person user, string loginProvider, string name, CancellationToken cancellationToken) =>
        await base.GetTokenAsync(user, loginProvider, name, cancellationToken) is { } value ? Protector(user).Unprotect(value) : null;
}
