using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Retention;

/// <summary>How long one record is kept and what holds it: hold it, or propose it for disposal by itself once its time is over.</summary>
[Needs(RetentionClasses.Manage)]
public sealed class RecordStanding(
    RetentionDb db, RetentionClasses classes, RetentionLook look, DisposalProposals proposals, IPatientAccess patients, IAccessLog log,
        IPractice practice) : Slice
{
    public sealed record Model(KnownClass Kind, Guid Id, RetentionStanding Standing, bool Over, string? Matter = null, string? Reason = null);

    [HttpGet("/retention/record/{kind}/{id:guid}")]
    public async Task<IActionResult> Get(string kind, Guid id, CancellationToken ct) =>
        await FindAsync(kind, id, ct) is { } model ? Page(model) : NotFound();

    [HttpPost("/retention/record/{kind}/{id:guid}/hold")]
    public async Task<IActionResult> Hold(string kind, Guid id, string? matter, string? reason, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync(DisposalRun.Lock, ct);
        if (await FindAsync(kind, id, ct) is not { } model)
        {
            return NotFound();
        }

        var read = NewReading();
        var (name, why) = HoldForm.Words(read, matter, reason);
        if (!Accept(read.Errors))
        {
            return Invalid(model with { Matter = matter, Reason = reason });
        }

        var whole = model.Kind.Class.WholePatient;
        db.Add(new RetentionHold
        {
            Matter = name, Reason = why, HeldBy = Actor.Name, HeldAt = Clock.GetUtcNow(), About = $"{model.Kind.Class.Title}: {model.Standing.Label}",
            Kind = whole ? null : kind, RecordId = whole ? null : id, PatientId = whole ? id : null,
        });
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return Done($"/retention/record/{kind}/{id}", "Held: it cannot be disposed of until the hold is released.");
    }

    [HttpPost("/retention/record/{kind}/{id:guid}/propose")]
    public async Task<IActionResult> Propose(string kind, Guid id, CancellationToken ct)
    {
        if (await FindAsync(kind, id, ct) is not { } model)
        {
            return NotFound();
        }

        if (!model.Over || model.Standing.Holds.Count > 0)
        {
            return Done($"/retention/record/{kind}/{id}", model.Over ? "A hold keeps it." : "Its time is not over.");
        }

        try
        {
            return Done($"/retention/runs/{(await proposals.ProposeAsync(model.Kind, id, ct)).Id}", "Proposed. Review it, then ask a second person.");
        }
        catch (DbUpdateException e) when (db.Explain(e) is { } refused)
        {
            return Done($"/retention/record/{kind}/{id}", refused.Sentence);
        }
    }

    private async Task<Model?> FindAsync(string kind, Guid id, CancellationToken ct)
    {
        if (classes.Find(kind) is not { } known || (known.Class.WholePatient && !patients.Open(id, "retention"))
            || await look.OfAsync(known, id, ct) is not { } standing)
        {
            return null;
        }

        if (!known.Class.WholePatient)
        {
            log.Opened(id, "retention");
        }

        return new(known, id, standing, standing.KeptUntil < WallTime.Today(Clock, practice.Zone));
    }
}
