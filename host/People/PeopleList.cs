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
    public sealed record Row(Guid Id, string Name, string SignInName, bool Active, bool Invited, bool SecondFactor, string Roles, string Places);

    public sealed record Model(ListPage<Row> Page, bool Former);

    private static readonly SortColumns<Person> Columns = new()
    {
        ["name"] = p => p.Name,
        ["sign-in"] = p => p.NormalizedUserName,
        ["added"] = p => p.CreatedAt,
    };

    /// <param name="former">Those who left, instead of those who work here.</param>
    [HttpGet("/admin/people")]
    [Needs("core.people.manage")]
    public async Task<IActionResult> Get(ListQuery query, bool former, CancellationToken ct)
    {
        var people = db.People.AsNoTracking().Include(p => p.Roles).Include(p => p.Locations).Where(p => p.Active != former);
        if (query.Text?.Trim() is { Length: > 0 } text)
        {
            var like = $"%{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
            people = people.Where(p => EF.Functions.ILike(p.Name, like) || EF.Functions.ILike(p.UserName!, like) || EF.Functions.ILike(p.Email!, like));
        }

        var page = await people.PageAsync(query, Columns, "name", ct);
        var custom = await db.Roles.AsNoTracking().ToDictionaryAsync(r => r.Id, r => r.Name, ct);
        return Page(new Model(new([.. page.Rows.Select(p => Of(p, custom))], page.Total, query) { SortedBy = page.SortedBy, SortNames = page.SortNames }, former));
    }

    private Row Of(Person p, Dictionary<Guid, string> custom) => new(
        p.Id, p.Name, p.Email ?? p.UserName!, p.Active, p.PasswordHash is null, p.TwoFactorEnabled,
        string.Join(", ", p.Roles.Select(r => r.Preset is { } preset ? Roles.Title(preset) : custom.GetValueOrDefault(r.RoleId!.Value, "")).Order()),
        p.AllLocations ? "All locations" : string.Join(", ", scope.Practice.Locations.Where(l => p.Locations.Any(x => x.LocationId == l.Id)).Select(l => l.Name)));
}
