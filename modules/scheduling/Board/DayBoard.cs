using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.Setup;
using Modular.Sdk;

namespace Modular.Scheduling.Board;

/// <summary>The day as a board: a column a provider or room, visits where the clock puts them, moved by hand or by key, live at every desk.</summary>
public sealed class DayBoard(BoardReader reader, SchedulingDb db, ISettings<SchedulingSettings> settings, IAccessLog log, ChosenLocation chosen, IPractice practice) : Slice
{
    public sealed record Held(Guid VisitId, int Version, string Patient, string When, string Type);

    public sealed record Model(
        BoardDay Day, DateOnly Today, DateTimeOffset Now, int LateAfter, Guid? Type, bool MayBook, bool MayCheckIn,
        IReadOnlyList<AppointmentType> Types, IReadOnlyList<Location> Locations, DayNote? Note, IReadOnlyList<Held> Clipboard)
    {
        public string Zone => Day.Location.Zone;

        public string Query => $"location={Day.Location.Id}{(Day.By == BoardReader.Rooms ? "&by=rooms" : "")}{(Type is { } t ? $"&type={t}" : "")}";

        public string Url(DateOnly date) => $"/scheduling/board/{date:yyyy-MM-dd}?{Query}";

        public bool IsLate(BoardVisit v) => v.Status == VisitStatus.Booked && Now >= v.Start.AddMinutes(LateAfter);

        public string Key(BoardColumn column) => SchedulingModule.DayKey(Day.By == BoardReader.Rooms ? Day.Location.Id : column.Id, Day.Date);
    }

    public sealed record ColumnModel(Model Page, BoardColumn Column);

    /// <param name="date">As people type it: today when left out.</param>
    /// <param name="to">What was typed into "Go to".</param>
    [HttpGet("/scheduling/board/{date?}")]
    [Needs(SchedulingPermissions.Read)]
    public async Task<IActionResult> Get(string? date, string? to, string? by, Guid? location, Guid? type, CancellationToken ct)
    {
        if (Find(location) is not { } where)
        {
            return location is null ? View("NoLocation") : NotFound();
        }

        var (day, fault) = TypedDate.Read(to ?? date ?? "t", WallTime.Today(Clock, where.Zone));
        if (day is null)
        {
            return to is null ? NotFound() : Done($"/scheduling/board?location={where.Id}", fault!);
        }

        if (to is not null)
        {
            return LocalRedirect($"/scheduling/board/{day:yyyy-MM-dd}?location={where.Id}{(by is null ? "" : $"&by={by}")}{(type is null ? "" : $"&type={type}")}");
        }

        var model = await LoadAsync(where, day.Value, by, type, ct);
        Log(model.Day.Visits, day.Value);
        return Page(model);
    }

    /// <summary>One column again, when something of it changed at this or another desk.</summary>
    [HttpGet("/scheduling/board/{date}/columns/{id:guid}")]
    [Needs(SchedulingPermissions.Read)]
    [Background]
    public async Task<IActionResult> Column(DateOnly date, Guid id, Guid location, string? by, Guid? type, CancellationToken ct)
    {
        if (Find(location) is not { } where)
        {
            return NotFound();
        }

        var model = await LoadAsync(where, date, by, type, ct);
        var column = model.Day.Columns.FirstOrDefault(c => c.Id == id) ?? new(id, "", "", 1, [], []);
        Log(column.Visits.Select(v => v.Visit), date);
        return Fragment("_Lane", new ColumnModel(model, column));
    }

    /// <summary>Counts, note and clipboard above the board.</summary>
    [HttpGet("/scheduling/board/{date}/top")]
    [Needs(SchedulingPermissions.Read)]
    [Background]
    public async Task<IActionResult> Top(DateOnly date, Guid location, string? by, Guid? type, CancellationToken ct) =>
        Find(location) is { } where ? Fragment("_Top", await LoadAsync(where, date, by, type, ct)) : NotFound();

    private Location? Find(Guid? id) =>
        id is null ? chosen.Location : practice.Locations.FirstOrDefault(l => l.Id == id && db.Reads.Sees(l.Id));

    private void Log(IEnumerable<BoardVisit> visits, DateOnly day) => log.Listed([.. visits.Select(v => v.PatientId).Where(id => id != Guid.Empty).Distinct()], $"Day board {day:MMM d}");

    private async Task<Model> LoadAsync(Location where, DateOnly day, string? by, Guid? type, CancellationToken ct)
    {
        var board = await reader.ReadAsync(where, day, by, ct);
        var types = await db.AppointmentTypes.AsNoTracking().Where(t => t.Active).OrderBy(t => t.Name).ToListAsync(ct);
        var note = await db.DayNotes.AsNoTracking().FirstOrDefaultAsync(n => n.LocationId == where.Id && n.Day == day, ct);
        return new(board, WallTime.Today(Clock, where.Zone), Clock.GetUtcNow(), (await settings.GetAsync(where.Id, ct)).LateAfterMinutes, type,
            Actor.Can(SchedulingPermissions.Book), Actor.Can(SchedulingPermissions.CheckIn), types, chosen.Choices, note, await HeldAsync(ct));
    }

    private async Task<IReadOnlyList<Held>> HeldAsync(CancellationToken ct)
    {
        var me = Actor.PersonId ?? Guid.Empty;
        var held = await db.Clipboard.AsNoTracking().Where(c => c.PersonId == me).Join(db.Visits, c => c.VisitId, v => v.Id, (c, v) => new { c.At, Visit = v })
            .OrderBy(x => x.At).Take(12).Select(x => x.Visit).ToListAsync(ct);
        return [.. held.Select(v => new Held(v.Id, v.Version, v.PatientName, $"{v.Local:MMM d}, {Said.Time(TimeOnly.FromDateTime(v.Local.DateTime))}", v.TypeName))];
    }
}
