using System.ComponentModel.DataAnnotations;
using Htmx;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Scheduling.Board;

/// <summary>The note every desk reads above a location's day: "Dr. Vale leaves at 3".</summary>
public sealed class NoteOfDay(SchedulingDb db, ILive live, IPractice practice) : Slice
{
    public sealed class Form : IEditForm<DayNote>
    {
        public int Version { get; set; }

        [StringLength(500)]
        public string? Text { get; set; }

        public void Show(DayNote note) => Text = note.Text;

        public void Write(DayNote note, Reading read) => note.Text = Text?.Trim() ?? "";
    }

    public sealed record Model(Guid Location, DateOnly Date, Form Form);

    [HttpGet("/scheduling/board/note/{location:guid}/{date}")]
    [Needs("scheduling.visit.read")]
    public async Task<IActionResult> Get(Guid location, DateOnly date, CancellationToken ct) =>
        Sees(location) ? await Note(location, date).ShowAsync(await IdAsync(location, date, ct), ct) : NotFound();

    [HttpPost("/scheduling/board/note/{location:guid}/{date}")]
    [Needs("scheduling.visit.book")]
    public async Task<IActionResult> Post(Guid location, DateOnly date, [Bind(Prefix = "Form")] Form form, CancellationToken ct) =>
        Sees(location) ? await Note(location, date).SaveAsync(await IdAsync(location, date, ct), form, ct) : NotFound();

    private Edit<DayNote, Form> Note(Guid location, DateOnly date) => new(this, db)
    {
        What = "note",
        New = () => new() { LocationId = location, Day = date, Text = "", By = "", At = Clock.GetUtcNow() },
        Model = (_, form, _) => Task.FromResult<object>(new Model(location, date, form)),
        Check = (note, _, _, _) =>
        {
            (note.By, note.At) = (Actor.Name, Clock.GetUtcNow());
            return Task.CompletedTask;
        },
        After = (_, _) =>
        {
            live.Changed(SchedulingModule.DayTopic, SchedulingModule.DayKey(location, date), location);
            return Task.CompletedTask;
        },
        Saved = _ => Saved(location, date),
    };

    private IActionResult Saved(Guid location, DateOnly date)
    {
        if (!Request.WantsFragment())
        {
            return Done($"/scheduling/board/{date:yyyy-MM-dd}?location={location}", "Note saved");
        }

        Response.Htmx(h => h.WithTrigger("toast", new { text = "Note saved" }).WithTrigger("closeDrawer"));
        return StatusCode(204);
    }

    private Task<Guid?> IdAsync(Guid location, DateOnly date, CancellationToken ct) =>
        db.DayNotes.Where(n => n.LocationId == location && n.Day == date).Select(n => (Guid?)n.Id).FirstOrDefaultAsync(ct);

    private bool Sees(Guid location) => practice.Locations.Any(l => l.Id == location) && db.Reads.Sees(location);
}
