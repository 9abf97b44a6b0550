using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.People;

/// <summary>Makes people without a page: the command line, the demo practice, tests. Resolve it from a scope opened for the practice.</summary>
public sealed class PeopleAdmin(PeopleDb db, UserManager<Person> people, TimeProvider clock)
{
    /// <exception cref="PeopleException">The sentence to print.</exception>
    public async Task<Person> AddAsync(NewPerson wanted, CancellationToken ct = default)
    {
        var person = new Person
        {
            Id = Guid.CreateVersion7(),
            Name = wanted.Name,
            UserName = wanted.SignInName,
            Email = wanted.SignInName.Contains('@') ? wanted.SignInName : null,
            StaffMemberId = wanted.StaffMemberId,
            AllLocations = wanted.Locations is null,
            CreatedAt = clock.GetUtcNow(),
        };
        person.Roles.AddRange(wanted.Presets.Select(preset => new PersonRole { PersonId = person.Id, Preset = preset }));
        person.Locations.AddRange((wanted.Locations ?? []).Select(location => new PersonLocation { PersonId = person.Id, LocationId = location }));
        Accept(wanted.Password is null ? await people.CreateAsync(person) : await people.CreateAsync(person, wanted.Password));
        return person;
    }

    /// <summary>One person per role preset, each with the given password, signing in by the preset's name; those who exist stay as they are.</summary>
    public async Task<IReadOnlyList<Person>> EnsureDemoPeopleAsync(string password, CancellationToken ct = default)
    {
        var made = new List<Person>();
        foreach (var (preset, name) in DemoNames)
        {
            made.Add(await people.FindByNameAsync(preset) ?? await AddAsync(new(name, preset, [preset], password), ct));
        }

        return made;
    }

    private static readonly IReadOnlyDictionary<string, string> DemoNames = new Dictionary<string, string>
    {
        [Roles.FrontDesk] = "Dana Ruiz",
        [Roles.Nurse] = "Nora Quist",
        [Roles.Provider] = "Evan Vale",
        [Roles.Biller] = "Bea Lindqvist",
        [Roles.Manager] = "Marcus Oyelaran",
        [Roles.Hr] = "Hana Brandt",
        [Roles.Owner] = "Olive Tran",
    };

    public Task<bool> AnyAsync(CancellationToken ct = default) => db.People.AnyAsync(ct);

    private static void Accept(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new PeopleException(string.Join(' ', result.Errors.Select(e => e.Description)));
        }
    }
}

/// <param name="SignInName">E-mail or user name.</param>
/// <param name="Password">Null: the person gets a link and sets one.</param>
/// <param name="Locations">Null: all locations.</param>
public sealed record NewPerson(string Name, string SignInName, IReadOnlyCollection<string> Presets, string? Password, IReadOnlyCollection<Guid>? Locations = null, Guid? StaffMemberId = null);

public sealed class PeopleException(string sentence) : Exception(sentence);
