using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.Core.Closures;

/// <summary>Days on which a location, or all of the practice, is closed.</summary>
public sealed class AddClosure(CoreDb db, CoreChanges changes, Authority authority) : Slice
{
    public sealed class Form
    {
        public Guid? LocationId { get; set; }

        [Required(ErrorMessage = "Give the first day.")]
        public DateOnly? From { get; set; }

        /// <summary>The same day when left empty.</summary>
        public DateOnly? To { get; set; }

        [Required(ErrorMessage = "Say why, such as a holiday's name."), StringLength(200)]
        public string Reason { get; set; } = "";

        public IReadOnlyList<Site> Sites { get; set; } = [];

        /// <summary>Whether the whole practice may be chosen.</summary>
        public bool Everywhere { get; set; }
    }

    [HttpGet("/admin/locations/closures/add")]
    [Needs("core.practice.manage")]
    public async Task<IActionResult> Get(CancellationToken ct) => Page(await FillAsync(new(), ct));

    [HttpPost("/admin/locations/closures/add")]
    [Needs("core.practice.manage")]
    public async Task<IActionResult> Post(Form form, CancellationToken ct)
    {
        if (form.To < form.From)
        {
            Refuse(nameof(Form.To), "The last day is before the first.");
        }

        if (form.To?.DayNumber - form.From?.DayNumber > 366)
        {
            Refuse(nameof(Form.To), "These are more than a year of closed days. Give an earlier last day.");
        }

        if (authority.FaultAt(form.LocationId) is { } fault)
        {
            Refuse(nameof(Form.LocationId), fault);
        }

        if (form.LocationId is { } location && !await db.Sites.AnyAsync(p => p.Id == location, ct))
        {
            Refuse(nameof(Form.LocationId), "Choose a location of this practice.");
        }

        if (!ModelState.IsValid)
        {
            return Invalid(await FillAsync(form, ct));
        }

        await using var write = await db.BeginWriteAsync(ct);
        var closure = new Closure { Id = Guid.CreateVersion7(), LocationId = form.LocationId, FromDate = form.From!.Value, ToDate = form.To ?? form.From.Value, Reason = form.Reason.Trim() };
        db.Add(closure);
        await changes.CommitAsync(write, ct, closure);
        return Done("/admin/locations", "Closed days added");
    }

    [HttpPost("/admin/locations/closures/{id:guid}/remove")]
    [Needs("core.practice.manage")]
    public async Task<IActionResult> Remove(Guid id, CancellationToken ct)
    {
        if (await db.Closures.SingleOrDefaultAsync(c => c.Id == id && c.Active, ct) is { } closure)
        {
            if (authority.FaultAt(closure.LocationId) is { } fault)
            {
                return Done("/admin/locations", fault);
            }

            await using var write = await db.BeginWriteAsync(ct);
            closure.Active = false;
            await changes.CommitAsync(write, ct, closure);
        }

        return Done("/admin/locations", "Closed days removed");
    }

    private async Task<Form> FillAsync(Form form, CancellationToken ct)
    {
        form.Sites = [.. (await db.Sites.AsNoTracking().Where(p => p.Active).OrderBy(p => p.Name).ToListAsync(ct)).Where(s => authority.FaultAt(s.Id) is null)];
        form.Everywhere = authority.FaultAt(null) is null;
        return form;
    }
}
