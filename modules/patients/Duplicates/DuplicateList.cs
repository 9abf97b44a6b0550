using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Duplicates;

/// <summary>The work list of pairs that may be one person, the likeliest first.</summary>
public sealed class DuplicateList(PatientsDb db, IAccessLog log, IPractice practice) : Slice
{
    public sealed record Line(Guid Id, int Score, Patient First, Patient Second, DateOnly Today);

    [HttpGet("/patients/duplicates")]
    [Needs(PatientsPermissions.Merge)]
    public async Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var today = WallTime.Today(Clock, practice.Zone);
        var page = await (from d in db.Duplicates.AsNoTracking()
                          join a in db.Patients on d.FirstId equals a.Id
                          join b in db.Patients on d.SecondId equals b.Id
                          where d.State == DuplicateState.Open
                          orderby d.Score descending, d.Id
                          select new Line(d.Id, d.Score, a, b, today)).PageAsync(query, ct);
        // The elder record stands first: it is the one that stays unless somebody turns it round.
        page = page with { Rows = [.. page.Rows.Select(l => l.First.RegisteredAt <= l.Second.RegisteredAt ? l : l with { First = l.Second, Second = l.First })] };
        if (page.Rows.Count > 0)
        {
            log.Listed([.. page.Rows.SelectMany(l => new[] { l.First.Id, l.Second.Id }).Distinct()], "possible duplicates");
        }

        return Page(page);
    }

    /// <summary>These two are different people; they are not asked about again.</summary>
    [HttpPost("/patients/duplicates")]
    [Needs(PatientsPermissions.Merge)]
    public async Task<IActionResult> Different(Guid[] id, CancellationToken ct)
    {
        var pairs = await db.Duplicates.Where(d => id.Contains(d.Id) && d.State == DuplicateState.Open).ToListAsync(ct);
        pairs.ForEach(d => (d.State, d.DecidedAt, d.DecidedBy) = (DuplicateState.Different, Clock.GetUtcNow(), Actor.Name));
        await db.SaveChangesAsync(ct);
        return Done("/patients/duplicates", pairs.Count == 0 ? "Choose a pair first" : $"{Said.Many(pairs.Count, "pair")} marked as different people.");
    }

}
