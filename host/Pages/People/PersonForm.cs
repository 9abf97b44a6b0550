using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Modular.Host.People;
using Modular.Sdk;

namespace Modular.Host.Pages.People;

/// <summary>What inviting and editing ask alike.</summary>
public sealed class PersonForm
{
    public string Name { get; set; } = "";
    public string SignInName { get; set; } = "";
    public List<string> Presets { get; set; } = [];
    public List<Guid> CustomRoles { get; set; } = [];
    public bool AllLocations { get; set; } = true;
    public List<Guid> Locations { get; set; } = [];
    public Guid? StaffMemberId { get; set; }

    public Access Access => new(Presets, CustomRoles, AllLocations ? null : Locations);

    public void Check(ModelStateDictionary state, IPractice practice)
    {
        if (Name.Trim().Length is 0 or > 120)
        {
            state.AddModelError(nameof(Name), "Type the name, up to 120 letters.");
        }

        if (Presets.Count + CustomRoles.Count == 0)
        {
            state.AddModelError("", "Choose at least one role.");
        }

        if (!AllLocations && (Locations.Count == 0 || Locations.Any(id => practice.Locations.All(l => l.Id != id))))
        {
            state.AddModelError("", "Choose at least one location, or all.");
        }
    }
}

/// <param name="May">Roles that the present person may give.</param>
public sealed record PersonFormModel(
    PersonForm Form, IReadOnlyList<CustomRole> Custom, IReadOnlyList<Location> Places, Person? Person, IReadOnlySet<string> May, bool MayAllLocations)
{
    public static async Task<PersonFormModel> OfAsync(PersonForm form, Person? person, PeopleDb db, PeopleAdmin admin, ScopeContext scope, CancellationToken ct)
    {
        var custom = await db.Roles.AsNoTracking().OrderBy(r => r.Name).ToListAsync(ct);
        var may = new HashSet<string>();
        foreach (var (key, access) in Roles.All.Select(p => (p, new Access([p]))).Concat(custom.Select(r => (r.Id.ToString(), new Access([], [r.Id])))))
        {
            if (Granting.Fault(scope.Actor, access.Presets, await admin.PermissionsAsync(access, ct), p => p) is null)
            {
                may.Add(key);
            }
        }

        var places = scope.Practice.Locations.Where(l => l.Active && (scope.Actor.Locations is not { } mine || mine.Contains(l.Id))).ToList();
        return new(form, custom, places, person, may, scope.Actor.Locations is null);
    }
}
