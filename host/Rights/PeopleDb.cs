using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Modular.Host.People;
using Modular.Host.SignIn;
using Modular.Host.SignIn.Provider;
using Modular.Sdk;

namespace Modular.Host.Rights;

/// <summary>The host's own window on people, roles and invitations. Sessions and failures are plain SQL: every request writes or reads them.</summary>
public sealed class PeopleDb(ModuleDbContext<PeopleDb> context) : ModuleDb(context)
{
    public DbSet<Person> People => Set<Person>();
    public DbSet<CustomRole> Roles => Set<CustomRole>();
    public DbSet<RoleGrant> RoleGrants => Set<RoleGrant>();
    public DbSet<PersonRole> PersonRoles => Set<PersonRole>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<SecondFactorRemoval> SecondFactorRemovals => Set<SecondFactorRemoval>();
    public DbSet<SignInProvider> Providers => Set<SignInProvider>();
    public DbSet<PersonAccount> Accounts => Set<PersonAccount>();

    protected override IReadOnlyDictionary<string, FieldError> Sentences { get; } = new Dictionary<string, FieldError>
    {
        ["sign_in_provider_only_one_key"] = new("", "Somebody else set up a provider at the same moment. Open this page again."),
    };

    protected override void Map(ModelBuilder model)
    {
        model.Entity<Person>(person =>
        {
            person.ToTable("people");
            person.HasMany(p => p.Roles).WithOne().HasForeignKey(r => r.PersonId);
            person.HasMany(p => p.Locations).WithOne().HasForeignKey(l => l.PersonId);
            // The version is the token; two tokens would turn one conflict into two different errors.
            person.Property(p => p.ConcurrencyStamp).IsConcurrencyToken(false);
            person.Property(p => p.UserName).IsRequired();
            person.Property(p => p.NormalizedUserName).IsRequired();
        });
        model.Entity<PersonRole>().ToTable("person_roles").Property(r => r.Id).ValueGeneratedNever();
        model.Entity<PersonLocation>().ToTable("person_locations").Property(l => l.Id).ValueGeneratedNever();
        model.Entity<PersonToken>(token =>
        {
            token.ToTable("person_tokens");
            token.HasKey(t => new { t.UserId, t.LoginProvider, t.Name });
        });
        model.Entity<IdentityUserPasskey<Guid>>(passkey =>
        {
            passkey.ToTable("person_passkeys");
            passkey.HasKey(p => p.CredentialId);
            passkey.OwnsOne(p => p.Data).ToJson("data");
        });
        model.Entity<CustomRole>(role =>
        {
            role.ToTable("roles");
            role.HasMany(r => r.Grants).WithOne().HasForeignKey(g => g.RoleId);
        });
        model.Entity<RoleGrant>().ToTable("role_grants").Property(g => g.Id).ValueGeneratedNever();
        model.Entity<Invitation>().ToTable("invitations");
        model.Entity<SecondFactorRemoval>().ToTable("second_factor_removals");
        model.Entity<SignInProvider>().ToTable("sign_in_provider");
        model.Entity<PersonAccount>().ToTable("person_accounts");
    }
}
