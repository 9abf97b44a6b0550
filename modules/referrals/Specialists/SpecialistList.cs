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
        public required string Name { get; init; }
        public int Open { get; init; }
        public int All { get; init; }
    }

    private static readonly SortColumns<Line> Sorts = new() { ["name"] = l => l.Name, ["specialty"] = l => l.Specialist.Specialty, ["open"] = l => l.Open, ["all"] = l => l.All };

    [HttpGet("/referrals/specialists")]
    [Needs(ReferralsPermissions.Read)]
    public async Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var text = query.Text is { Length: > 0 } typed ? $"%{typed}%" : null;
        var lines = db.Specialists.AsNoTracking()
            .Where(s => text == null || EF.Functions.ILike(s.Name + " " + (s.Organization ?? "") + " " + (s.Specialty ?? ""), text))
            .Select(s => new Line
            {
                Specialist = s, Name = s.Name,
                Open = db.Referrals.Count(r => r.SpecialistId == s.Id && r.EndedOn == null), All = db.Referrals.Count(r => r.SpecialistId == s.Id),
            });
        return Page(await lines.PageAsync(query, Sorts, "name", ct));
    }
}
