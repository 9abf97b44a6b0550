using Microsoft.AspNetCore.Mvc;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.FreeTime;
using Modular.Scheduling.Setup;
using Modular.Sdk;

namespace Modular.Scheduling.Days;

/// <summary>The visits of one day at one location, a column a provider, live at every desk.</summary>
public sealed class Day(
    DayReader reader, SchedulingDb db, ISettings<SchedulingSettings> settings, IAccessLog log, IPatientAccess patients, ChosenLocation chosen, IPractice practice) : Slice
{
    public sealed record Model(DayList Day, DateOnly Today, DateTimeOffset Now, int LateAfter, Guid? Provider, string? Show, bool MayBook, bool MayCheckIn, Guid Practice)
    {
        public string Zone => Day.Location.Zone;

        /// <summary>Everything the columns show comes from here: desks with the same key are sent the same text.</summary>
        public string Key => $"{Practice:N} {Day.Mark} {Today:O} {LateAfter} {Provider} {Show} {MayBook} {MayCheckIn} {string.Join(' ', Day.Visits.Where(v => v.Shut).Select(v => v.Id))}";

        public IEnumerable<DayColumn> Shown => Day.Columns.Where(c => Provider is null || c.ProviderId == Provider).Select(Filtered).Where(c => Show is null || c.Rows.Count > 0);

        /// <summary>What the choices add to the address of anything on this page.</summary>
        public string Query => $"?location={Day.Location.Id}{(Provider is { } p ? $"&provider={p}" : "")}{(Show is null ? "" : $"&show={Show}")}";

        public string Url(DateOnly date) => $"/scheduling/days/{date:yyyy-MM-dd}{Query}";

        /// <summary>The column with the visits that were asked for alone: what a number counted, and nothing beside it.</summary>
        public DayColumn Filtered(DayColumn column) => Show is null ? column : column with { Rows = [.. column.Rows.Where(r => r.Visit is { } v && Shows(v))] };

        public bool Shows(DayVisit visit) => Show switch
        {
            null => true,
            "visits" => visit.Status != VisitStatus.Canceled,
            "late" => IsLate(visit),
            _ => visit.Status == States.Find<VisitStatus>(Show),
        };

        public string TimeOf(DateTimeOffset instant) => WallTime.At(instant, Zone).ToString("h:mm", System.Globalization.CultureInfo.InvariantCulture);

        public bool IsLate(DayVisit visit) => visit.Status == VisitStatus.Booked && Now >= visit.Start.AddMinutes(LateAfter);
    }

    /// <summary>One column as a fragment, with the counts above the day.</summary>
    public sealed record ColumnModel(Model Page, DayColumn Column);

    /// <param name="date">As people type it: today when left out.</param>
    /// <param name="to">What was typed into "Go to".</param>
    [HttpGet("/scheduling/days/{date?}")]
    [Needs(SchedulingPermissions.Read)]
    public async Task<IActionResult> Get(string? date, string? to, Guid? location, Guid? provider, string? show, CancellationToken ct)
    {
        if (Find(location) is not { } where)
        {
            return location is null ? View("NoLocation") : NotFound();
        }

        var today = WallTime.Today(Clock, where.Zone);
        var (day, fault) = TypedDate.Read(to ?? date ?? "t", today);
        if (day is null)
        {
            return to is null ? NotFound() : Done($"/scheduling/days?location={where.Id}", fault!);
        }

        if (to is not null)
        {
            return LocalRedirect($"/scheduling/days/{day:yyyy-MM-dd}?location={where.Id}{(provider is { } p ? $"&provider={p}" : "")}{(Known(show) is { } s ? $"&show={s}" : "")}");
        }

        var model = await LoadAsync(where, day.Value, provider, show, ct);
        log.Listed(DayList.Named(model.Shown), $"Day list {day:MMM d}");
        return Page(model);
    }

    /// <summary>One provider's column again, when something of it changed at this or another desk.</summary>
    [HttpGet("/scheduling/days/{date}/columns/{provider:guid}")]
    [Needs(SchedulingPermissions.Read)]
    [Background]
    public async Task<IActionResult> Column(DateOnly date, Guid provider, Guid location, string? show, CancellationToken ct)
    {
        if (Find(location) is not { } where)
        {
            return NotFound();
        }

        var model = await LoadAsync(where, date, null, show, ct);
        var column = model.Filtered(model.Day.Columns.FirstOrDefault(c => c.ProviderId == provider) ?? new DayColumn(provider, "", "", 0, []));
        log.Listed(DayList.Named([column]), $"Day list {date:MMM d}");
        return Fragment("_Column", new ColumnModel(model, column));
    }

    /// <summary>Choices of the list, as the figures of the home page name them.</summary>
    public static readonly IReadOnlyDictionary<string, string> Shows = new Dictionary<string, string>
    {
        ["visits"] = "Visits only",
        [VisitStatus.Booked.Text()] = "Expected",
        ["late"] = "Late",
        [VisitStatus.Arrived.Text()] = "Here now",
        [VisitStatus.CheckedOut.Text()] = "Done",
        [VisitStatus.NoShow.Text()] = "No-shows",
        [VisitStatus.Canceled.Text()] = "Canceled",
    };

    private static string? Known(string? show) => show is not null && Shows.ContainsKey(show) ? show : null;

    private Location? Find(Guid? id) =>
        id is null ? chosen.Location : practice.Locations.FirstOrDefault(l => l.Id == id && db.Reads.Sees(l.Id));

    private async Task<Model> LoadAsync(Location where, DateOnly day, Guid? provider, string? show, CancellationToken ct)
    {
        var list = (await reader.ReadAsync(where, day, ct)).For(patients);
        var late = (await settings.GetAsync(where.Id, ct)).LateAfterMinutes;
        return new(list, WallTime.Today(Clock, where.Zone), list.Mark.Minute, late, provider, Known(show),
            Actor.Can(SchedulingPermissions.Book), Actor.Can(SchedulingPermissions.CheckIn), practice.Id);
    }
}
