using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Host.SignIn;
using Modular.Sdk;

namespace Modular.Host.People;

/// <summary>Everybody who signs in here.</summary>
public sealed class PeopleList(PeopleDb db, ScopeContext scope) : Slice
{
    /// <summary>Those who left, instead of those who work here, are a choice away.</summary>
    private static readonly Dictionary<string, string> Former = new() { ["false"] = "Working here", ["true"] = "Former" };

    [HttpGet("/admin/people")]
    [Needs("core.people.manage")]
    public async Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var custom = await db.Roles.AsNoTracking().ToDictionaryAsync(r => r.Id, r => r.Name, ct);
        return await ListAsync(List(custom), db.People.AsNoTracking().Include(p => p.Roles).Include(p => p.Locations), query, ct);
    }

    private ListDefinition<Person> List(Dictionary<Guid, string> custom) => new("core.people", "People who sign in")
    {
        Id = p => p.Id, Order = "name", Search = new("Name or e-mail", p => p.Name, p => p.UserName, p => p.Email),
        Filters = [new("former", "Who", Former, (v, _) => p => p.Active == (v == "false"))],
        Columns =
        [
            new("name", "Name", p => p.Name) { Sort = p => p.Name, Main = true, Href = p => $"/admin/people/edit/{p.Id}" },
            new("sign-in", "Signs in as", p => p.Email ?? p.UserName) { Sort = p => p.NormalizedUserName },
            new("roles", "Roles", p => string.Join(", ", p.Roles.Select(r => r.Preset is { } preset ? Roles.Title(preset)
                : custom.GetValueOrDefault(r.RoleId!.Value, "")).Order())),
            new("places", "Locations", p => p.AllLocations ? "All locations"
                : string.Join(", ", scope.Practice.Locations.Where(l => p.Locations.Any(x => x.LocationId == l.Id))
                    .Select(l => l.Name))) { Optional = 1 },
            new("state", "Sign-in", p => !p.Active ? "Left" : p.PasswordHash is null ? "Invited" : p.TwoFactorEnabled ? "Password and app"
                : "Password"),
            new("added", "Added", p => p.CreatedAt) { Sort = p => p.CreatedAt, ByDay = true, Optional = 2 },
        ],
    };
}
