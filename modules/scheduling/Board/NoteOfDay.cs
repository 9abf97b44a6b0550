using System.ComponentModel.DataAnnotations;
using Htmx;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Scheduling.Board;

/// <summary>The note every desk reads above a location's day: "Dr. Vale leaves at 3".</summary>
public sealed class NoteOfDay(SchedulingDb db, ILive live, IPractice practice) : Slice
{
    public sealed class Form
    {
        public int Version { get; set; }

        [StringLength(500)]
        public string? Text { get; set; }
    }

    public sealed record Model(Guid Location, DateOnly Date, Form Form);

    [HttpGet("/scheduling/board/note/{location:guid}/{date}")]
    [Needs(SchedulingPermissions.Read)]
    public async Task<IActionResult> Get(Guid location, DateOnly date, CancellationToken ct)
    {
        if (!Sees(location))
        {
            return NotFound();
        }

        var note = await db.DayNotes.AsNoTracking().FirstOrDefaultAsync(n => n.LocationId == location && n.Day == date, ct);
        return Page(new Model(location, date, new() { Version = note?.Version ?? 0, Text = note?.Text }));
    }

    [HttpPost("/scheduling/board/note/{location:guid}/{date}")]
    [Needs(SchedulingPermissions.Book)]
    public async Task<IActionResult> Post(Guid location, DateOnly date, [Bind(Prefix = "Form")] Form form, CancellationToken ct)
    {
        if (!Sees(location))
        {
            return NotFound();
        }

        var note = await db.DayNotes.FirstOrDefaultAsync(n => n.LocationId == location && n.Day == date, ct);
        if ((note?.Version ?? 0) != form.Version)
        {
            Refuse("Form.Text", $"{note?.By} wrote meanwhile: “{note?.Text}”. Add yours to it and save again.");
            form.Version = note?.Version ?? 0;
            ModelState.SetModelValue("Form.Version", form.Version, null);
        }

        if (!ModelState.IsValid)
        {
            return Invalid(new Model(location, date, form));
        }

        if (note is null)
        {
            db.Add(note = new() { LocationId = location, Day = date, Text = "", By = "", At = Clock.GetUtcNow() });
        }

        (note.Text, note.By, note.At) = (form.Text?.Trim() ?? "", Actor.Name, Clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        live.Changed(SchedulingModule.DayTopic, SchedulingModule.DayKey(location, date), location);
        if (!Request.WantsFragment())
        {
            return Done($"/scheduling/board/{date:yyyy-MM-dd}?location={location}", "Note saved");
        }

        Response.Htmx(h => h.WithTrigger("toast", new { text = "Note saved" }).WithTrigger("closeDrawer"));
        return StatusCode(204);
    }

    private bool Sees(Guid location) => practice.Locations.Any(l => l.Id == location) && db.Reads.Sees(location);
}
