using System.Globalization;
using System.Linq.Expressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.Prints;
using Modular.Sdk;

namespace Modular.Scheduling.Recalls;

/// <summary>Patients whose last visit was long ago and who have none booked: a row is that last visit.</summary>
public sealed class RecallList(SchedulingDb db) : Slice
{
    internal static readonly ListDefinition<Visit> List = new("scheduling.recalls", "Recalls")
    {
        Id = v => v.Id, Order = "visit", Patients = v => [v.PatientId],
        Search = new("Name of the patient", v => v.PatientName),
        Filters =
        [
            new("last", "Last visit", new Dictionary<string, string>
            {
                ["12-24"] = "1 to 2 years ago", ["6-12"] = "6 to 12 months ago", ["24-60"] = "2 to 5 years ago",
            }, (months, ask) => Between(ask.Now, months)),
        ],
        Columns =
        [
            new("patient", "Patient", v => v.PatientName)
            {
                Sort = v => v.PatientName, Main = true, Href = v => $"/scheduling/appointments/{v.Id}", Drawer = true,
            },
            new("visit", "Last visit", v => Said.ShortDay(v.Day)) { Sort = v => v.StartsAt, Class = "nowrap" },
            new("type", "For", v => v.TypeName),
            new("provider", "With", v => v.ProviderName) { Sort = v => v.ProviderName },
        ],
    };

    /// <summary>
    /// Visits that took place, that no other one followed, and none is to follow: at any location, also those that whoever asks does not see,
    /// since a patient who was there last month is not written to.
    /// </summary>
    internal static IQueryable<Visit> Rows(SchedulingDb db)
    {
        var kept = db.Database.SqlQuery<KeptVisit>($"""
            select id as "Id", patient_id as "PatientId", starts_at as "StartsAt" from scheduling.visits where status not in ('canceled', 'no-show')
            """);
        return db.Visits.AsNoTracking().Where(v => v.Status == VisitStatus.CheckedOut
            && !kept.Any(l => l.PatientId == v.PatientId && (l.StartsAt > v.StartsAt || (l.StartsAt == v.StartsAt && l.Id > v.Id)))
            && db.Patients.Any(p => p.Id == v.PatientId && p.Active));
    }

    private sealed record KeptVisit(Guid Id, Guid PatientId, DateTimeOffset StartsAt);

    [HttpGet("/scheduling/recalls")]
    [Needs(SchedulingPermissions.Book)]
    [Export(SchedulingPermissions.Export)]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct) => ListAsync(List, AsFile ? Rows(db).InFiles(db) : Rows(db), query, ct);

    private static Expression<Func<Visit, bool>> Between(DateTimeOffset now, string months)
    {
        int[] ago = [.. months.Split('-').Select(m => int.Parse(m, CultureInfo.InvariantCulture))];
        var (from, to) = (now.AddMonths(-ago[1]), now.AddMonths(-ago[0]));
        return v => v.StartsAt >= from && v.StartsAt < to;
    }
}
