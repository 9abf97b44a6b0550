using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.Approvals;

/// <summary>Who decides for me while I am away, from one day to another.</summary>
[OpenTo(Audience.SignedIn, "Everybody names who stands in for themselves, and for nobody else.")]
public sealed class Away(ApprovalsDb db, PeopleDb people, IPractice practice) : Slice
{
    public sealed class Form
    {
        public Guid? OtherId { get; set; }
        public DateOnly? FromDay { get; set; }
        public DateOnly? ToDay { get; set; }
    }

    public sealed record Model(Form Form, IReadOnlyList<SelectListItem> People, IReadOnlyList<ApprovalStandIn> Mine, DateOnly Today);

    [HttpGet("/approvals/away")]
    public async Task<IActionResult> Get(CancellationToken ct) => Page(await ModelAsync(new(), ct));

    [HttpPost("/approvals/away")]
    public async Task<IActionResult> Post([Bind(Prefix = "Form")] Form form, CancellationToken ct)
    {
        var (today, me) = (WallTime.Today(Clock, practice.Zone), Actor.PersonId!.Value);
        var other = await people.People.AsNoTracking().Where(p => p.Id == form.OtherId && p.Id != me && p.Active).Select(p => p.Name)
            .FirstOrDefaultAsync(ct);
        if (other is null)
        {
            Refuse("Form.OtherId", "Choose who decides for you.");
        }

        if (form.FromDay is not { } from || form.ToDay is not { } to)
        {
            Refuse("Form.FromDay", "Give the first and the last day.");
            return Invalid(await ModelAsync(form, ct));
        }

        if (to < from || to < today || to.DayNumber - from.DayNumber > 366)
        {
            Refuse("Form.ToDay", "The last day is not before the first, not in the past and within a year.");
        }

        if (!ModelState.IsValid)
        {
            return Invalid(await ModelAsync(form, ct));
        }

        db.Add(new ApprovalStandIn { PersonId = me, Person = Actor.Name, OtherId = form.OtherId!.Value, Other = other!, FromDay = from, ToDay = to });
        await db.SaveChangesAsync(ct);
        return Done("/approvals", $"{other} decides for you from {Said.ShortDay(from)} to {Said.ShortDay(to)}.");
    }

    [HttpPost("/approvals/away/end")]
    public async Task<IActionResult> End(Guid id, CancellationToken ct)
    {
        var me = Actor.PersonId;
        if (await db.StandIns.FirstOrDefaultAsync(s => s.Id == id && s.PersonId == me, ct) is not { } standIn)
        {
            return NotFound();
        }

        db.Remove(standIn);
        await db.SaveChangesAsync(ct);
        return Done("/approvals", $"{standIn.Other} no longer decides for you.");
    }

    private async Task<Model> ModelAsync(Form form, CancellationToken ct)
    {
        var (today, me) = (WallTime.Today(Clock, practice.Zone), Actor.PersonId);
        return new(form,
            await people.People.AsNoTracking().Where(p => p.Active && p.Id != me).OrderBy(p => p.Name)
                .Select(p => new SelectListItem(p.Name, p.Id.ToString())).ToListAsync(ct),
            await db.StandIns.AsNoTracking().Where(s => s.PersonId == me && s.ToDay >= today).OrderBy(s => s.FromDay).ToListAsync(ct), today);
    }
}
