using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Core;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.People;

/// <summary>What inviting and editing ask alike.</summary>
public sealed class PersonForm : IEditForm<Person>
{
    public int Version { get; set; }

    // An empty field arrives as null.
    public string Name { get; set => field = value ?? ""; } = "";
    public string SignInName { get; set => field = value ?? ""; } = "";
    public List<string> Presets { get; set; } = [];
    public List<Guid> CustomRoles { get; set; } = [];
    public bool AllLocations { get; set; } = true;
    public List<Guid> Locations { get; set; } = [];
    public Guid? StaffMemberId { get; set; }

    public Access Access => new(Presets, CustomRoles, AllLocations ? null : Locations);

    public void Show(Person person) => (Name, SignInName, StaffMemberId) = (person.Name, person.UserName!, person.StaffMemberId);

    /// <summary>Roles and places are rows of their own.</summary>
    public void Show(Access access) => (Presets, CustomRoles, AllLocations, Locations) =
        ([.. access.Presets], [.. access.Custom], access.Locations is null, [.. access.Locations ?? []]);

    public void Write(Person person, Reading read)
    {
        // PeopleAdmin changes people, for pages, commands and messages alike.
    }

    /// <summary>What of a new or changed person cannot be taken.</summary>
    public async Task CheckAsync(Reading read, IPractice practice, CoreDb core, CancellationToken ct)
    {
        if (Name.Trim().Length is 0 or > 120)
        {
            read.Refuse(nameof(Name), "Type the name, up to 120 letters.");
        }

        if (Presets.Count + CustomRoles.Count == 0)
        {
            read.Refuse("", "Choose at least one role.");
        }

        if (!AllLocations && (Locations.Count == 0 || Locations.Any(id => practice.Locations.All(l => l.Id != id))))
        {
            read.Refuse("", "Choose at least one location, or all.");
        }

        if (StaffMemberId is { } id && !await core.StaffMembers.AnyAsync(s => s.Id == id, ct))
        {
            read.Refuse(nameof(StaffMemberId), "Choose somebody of the list.");
        }
    }
}

/// <param name="May">Roles that the present person may give.</param>
public sealed record PersonFormModel(
    PersonForm Form, IReadOnlyList<CustomRole> Custom, IReadOnlyList<Location> Places, Person? Person, IReadOnlySet<string> May, bool MayAllLocations, IReadOnlyList<StaffMember> Staff)
{
    /// <summary>Why the present person may not act upon them; nothing is offered then.</summary>
    public string? Fault { get; init; }

    /// <summary>Somebody asked that the second factor be removed, and it waits for another to agree.</summary>
    public SecondFactorRemoval? Asked { get; init; }

    /// <summary>The member of staff whom the person is, with NPI.</summary>
    public StaffMember? Linked => Staff.FirstOrDefault(s => s.Id == Form.StaffMemberId);

    public IEnumerable<SelectListItem> StaffChoices =>
        [new("Nobody of the staff", ""), .. Staff.Select(s => new SelectListItem(s.Npi is { Length: > 0 } npi ? $"{s.DisplayName} · NPI {npi}" : s.DisplayName, s.Id.ToString()))];

    public static async Task<PersonFormModel> OfAsync(PersonForm form, Person? person, PeopleDb db, CoreDb core, Authority authority, ScopeContext scope, CancellationToken ct)
    {
        var custom = await db.Roles.AsNoTracking().OrderBy(r => r.Name).ToListAsync(ct);
        var may = new HashSet<string>();
        foreach (var (key, access) in Roles.All.Select(p => (p, new Access([p]))).Concat(custom.Select(r => (r.Id.ToString(), new Access([], [r.Id])))))
        {
            if (Granting.Fault(scope.Actor, access.Presets, await authority.PermissionsAsync(access.Presets, [.. access.Custom], ct), p => p) is null)
            {
                may.Add(key);
            }
        }

        var places = scope.Practice.Locations.Where(l => l.Active && (scope.Actor.Locations is not { } mine || mine.Contains(l.Id))).ToList();
        var taken = await db.People.AsNoTracking().Where(p => p.StaffMemberId != null && p.StaffMemberId != form.StaffMemberId).Select(p => p.StaffMemberId!.Value).ToListAsync(ct);
        var staff = await core.StaffMembers.AsNoTracking().Where(s => s.Id == form.StaffMemberId || (s.Active && !taken.Contains(s.Id)))
            .OrderBy(s => s.LastName).ThenBy(s => s.FirstName).ToListAsync(ct);
        return new(form, custom, places, person, may, scope.Actor.Locations is null, staff);
    }
}
