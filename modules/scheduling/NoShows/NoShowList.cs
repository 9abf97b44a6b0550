using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.Prints;
using Modular.Sdk;

namespace Modular.Scheduling.NoShows;

/// <summary>Patients who did not come, to be written to.</summary>
public sealed class NoShowList(SchedulingDb db) : Slice
{
    internal static readonly ListDefinition<Visit> List = new("scheduling.no-shows", "No-shows")
    {
        Id = v => v.Id, Order = "-visit", Patients = v => [v.PatientId],
        Search = new("Name of the patient", v => v.PatientName),
        Filters =
        [
            new("since", "When", new Dictionary<string, string>
            {
                ["7"] = "Last 7 days", ["30"] = "Last 30 days", ["90"] = "Last 90 days", ["365"] = "Last 12 months",
            }, (days, ask) => Since(ask.Now.AddDays(-int.Parse(days, CultureInfo.InvariantCulture)))),
        ],
        Columns =
        [
            new("patient", "Patient", v => v.PatientName)
            {
                Sort = v => v.PatientName, Main = true, Href = v => $"/scheduling/appointments/{v.Id}", Drawer = true,
            },
            new("visit", "Visit", v => $"{Said.ShortDay(v.Day)}, {Said.Time(TimeOnly.FromDateTime(v.Local.DateTime))}")
            {
                Sort = v => v.StartsAt, Class = "nowrap",
            },
            new("type", "For", v => v.TypeName),
            new("provider", "With", v => v.ProviderName) { Sort = v => v.ProviderName },
        ],
    };

    internal static IQueryable<Visit> Rows(SchedulingDb db) => db.Visits.AsNoTracking().Where(v => v.Status == VisitStatus.NoShow);

    [HttpGet("/scheduling/no-shows")]
    [Needs(SchedulingPermissions.Book)]
    [Export(SchedulingPermissions.Export)]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct) => ListAsync(List, AsFile ? Rows(db).InFiles(db) : Rows(db), query, ct);

    private static System.Linq.Expressions.Expression<Func<Visit, bool>> Since(DateTimeOffset from) => v => v.StartsAt >= from;
}
