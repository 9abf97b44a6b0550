using Microsoft.AspNetCore.Mvc;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.Openings;
using Modular.Scheduling.Setup;
using Modular.Sdk;

namespace Modular.Scheduling.Days;

/// <summary>The visits of one day at one location, a column a provider, live at every desk.</summary>
public sealed class Day(DayReader reader, SchedulingDb db, ISettings<SchedulingSettings> settings, IAccessLog log, ChosenLocation chosen, IPractice practice) : Slice
{
    public sealed record Model(DayList Day, DateOnly Today, DateTimeOffset Now, int LateAfter, Guid? Provider, bool MayBook, bool MayCheckIn, Guid Practice)
    {
        public string Zone => Day.Location.Zone;

        /// <summary>Everything the columns show comes from here: desks with the same key are sent the same text.</summary>
        public string Key => $"{Practice:N} {Day.Mark} {Today:O} {LateAfter} {Provider} {MayBook} {MayCheckIn}";

        public IEnumerable<DayColumn> Shown => Day.Columns.Where(c => Provider is null || c.ProviderId == Provider);

        public string Url(DateOnly date) =>
            $"/scheduling/days/{date:yyyy-MM-dd}?location={Day.Location.Id}{(Provider is { } p ? $"&provider={p}" : "")}";

        public string TimeOf(DateTimeOffset instant) => WallTime.At(instant, Zone).ToString("h:mm", System.Globalization.CultureInfo.InvariantCulture);

        public bool IsLate(DayVisit visit) => visit.Status == VisitStatus.Booked && Now >= visit.Start.AddMinutes(LateAfter);
    }

    /// <summary>One column as a fragment, with the counts above the day.</summary>
    public sealed record ColumnModel(Model Page, DayColumn Column);

    /// <param name="date">As people type it: today when left out.</param>
    /// <param name="to">What was typed into "Go to".</param>
    [HttpGet("/scheduling/days/{date?}")]
    [Needs("scheduling.visit.read")]
    public async Task<IActionResult> Get(string? date, string? to, Guid? location, Guid? provider, CancellationToken ct)
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
            return LocalRedirect($"/scheduling/days/{day:yyyy-MM-dd}?location={where.Id}{(provider is { } p ? $"&provider={p}" : "")}");
        }

        var model = await LoadAsync(where, day.Value, provider, ct);
        log.Listed([.. model.Shown.SelectMany(c => c.Rows).Where(r => r.Visit is not null).Select(r => r.Visit!.PatientId).Distinct()], $"Day list {day:MMM d}");
        return Page(model);
    }

    /// <summary>One provider's column again, when something of it changed at this or another desk.</summary>
    [HttpGet("/scheduling/days/{date}/columns/{provider:guid}")]
    [Needs("scheduling.visit.read")]
    [Background]
    public async Task<IActionResult> Column(DateOnly date, Guid provider, Guid location, CancellationToken ct)
    {
        if (Find(location) is not { } where)
        {
            return NotFound();
        }

        var model = await LoadAsync(where, date, null, ct);
        var column = model.Day.Columns.FirstOrDefault(c => c.ProviderId == provider) ?? new DayColumn(provider, "", "", 0, []);
        log.Listed([.. column.Rows.Where(r => r.Visit is not null).Select(r => r.Visit!.PatientId).Distinct()], $"Day list {date:MMM d}");
        return Fragment("_Column", new ColumnModel(model, column));
    }

    private Location? Find(Guid? id) =>
        id is null ? chosen.Location : practice.Locations.FirstOrDefault(l => l.Id == id && db.Reads.Sees(l.Id));

    private async Task<Model> LoadAsync(Location where, DateOnly day, Guid? provider, CancellationToken ct)
    {
        var list = await reader.ReadAsync(where, day, ct);
        var late = (await settings.GetAsync(where.Id, ct)).LateAfterMinutes;
        return new(list, WallTime.Today(Clock, where.Zone), list.Mark.Minute, late, provider,
            Actor.Can("scheduling.visit.book"), Actor.Can("scheduling.visit.check-in"), practice.Id);
    }
}
