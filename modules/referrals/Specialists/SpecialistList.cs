using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Referrals.Specialists;

/// <summary>The practice's own list of specialists, and how many patients are on the way to each.</summary>
public sealed class SpecialistList(ReferralsDb db) : Slice
{
    public sealed class Line
    {
        public required Specialist Specialist { get; init; }
        public int Open { get; init; }
        public int All { get; init; }
    }

    internal static readonly ListDefinition<Line> List = new("referrals.specialists", "Specialists")
    {
        Id = l => l.Specialist.Id,
        Order = "name",
        Search = new("Name, practice or specialty", l => l.Specialist.Name, l => l.Specialist.Organization, l => l.Specialist.Specialty),
        Columns =
        [
            new("name", "Name", l => l.Specialist.Name)
            {
                Main = true, Sort = l => l.Specialist.Name, Href = l => $"/referrals/specialists/edit/{l.Specialist.Id}",
                    HrefNeeds = ReferralsPermissions.Setup, Drawer = true,
                Marks = l => l.Specialist.Active ? [] : [new("Not offered")],
            },
            new("practice", "Practice", l => l.Specialist.Organization),
            new("specialty", "Specialty", l => l.Specialist.Specialty) { Sort = l => l.Specialist.Specialty },
            new("npi", "NPI", l => l.Specialist.Npi) { Optional = 2, Class = "num" },
            new("phone", "Phone", l => TypedPhone.Show(l.Specialist.Phone)) { Class = "num nowrap" },
            new("fax", "Fax", l => TypedPhone.Show(l.Specialist.Fax)) { Optional = 1, Class = "num nowrap" },
            new("open", "Open", l => l.Open) { Sort = l => l.Open, Right = true },
            new("all", "All referrals", l => l.All) { Sort = l => l.All, Right = true, Optional = 1 },
            new("offered", "Offered", l => l.Specialist.Active) { FileOnly = true },
        ],
    };

    [HttpGet("/referrals/specialists")]
    [Needs(ReferralsPermissions.Read)]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct) => ListAsync(List, Rows(db), query, ct);

    internal static IQueryable<Line> Rows(ReferralsDb db) => db.Specialists.AsNoTracking().Select(s => new Line
    {
        Specialist = s, Open = db.Referrals.Count(r => r.SpecialistId == s.Id && r.EndedOn == null),
        All = db.Referrals.Count(r => r.SpecialistId == s.Id),
    });
}
