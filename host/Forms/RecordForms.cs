using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Records;
using Modular.Sdk;

namespace Modular.Host.Forms;

/// <summary>The forms about a record, or about none: to fill in here, to hand over, to make a link to; and what became of them.</summary>
[OpenTo(Audience.SignedIn, RecordForms.Judged)]
public sealed class RecordForms(FormsDb db, FormKinds kinds, FormDesk desk, RecordKinds records, IPublicLinks links, IPractice practice) : Slice
{
    public const string Judged = "Each kind of form asks for the permission it declared, judged inside.";

    private const int MostShown = 50;

    /// <param name="Record">Null: forms about no record.</param>
    public sealed record Model(SeenRecord? Record, IReadOnlyList<Offer> Offers, IReadOnlyList<FormAnswer> Answers, IReadOnlySet<string> Reviewed,
        string Zone, DateTimeOffset Now);

    public sealed record Offer(PracticeForm Form, FormKind Kind);

    [HttpGet("/forms/record")]
    public async Task<IActionResult> Get(CancellationToken ct) => Page(await ModelAsync(null, ct));

    [HttpGet("/forms/record/{kind}/{record:guid}")]
    public async Task<IActionResult> Of(string kind, Guid record, CancellationToken ct) =>
        KindsAbout(kind).Any() && await records.OpenAsync(kind, record, "forms", ct) is { } seen ? Page(await ModelAsync(seen, ct)) : NotFound();

    [HttpPost("/forms/record/link")]
    public async Task<IActionResult> Link(Guid form, Guid? record, CancellationToken ct)
    {
        if (await desk.OpenAsync(form, record, ct) is not { } open || !open.Kind.Ways.HasFlag(FormWays.Link))
        {
            return NotFound();
        }

        await using var write = await db.BeginWriteAsync(ct);
        var asked = await AskAsync(open, "link", ct);
        var made = await links.MakeAsync(Of(open, asked) with { BirthDate = open.State?.BirthDate }, ct);
        await write.CommitAsync(ct);
        return this.LinkMade(made);
    }

    /// <summary>This screen locks, shows the form alone, and comes back to the lock page.</summary>
    [HttpPost("/forms/record/tablet")]
    public async Task<IActionResult> Tablet(Guid form, Guid? record, CancellationToken ct)
    {
        if (await desk.OpenAsync(form, record, ct) is not { } open || !open.Kind.Ways.HasFlag(FormWays.Tablet))
        {
            return NotFound();
        }

        await using var write = await db.BeginWriteAsync(ct);
        var asked = await AskAsync(open, "tablet", ct);
        var page = await links.HandOverAsync(Of(open, asked), ct);
        await write.CommitAsync(ct);
        return Redirect(page);
    }

    /// <summary>It need not be filled in any more; its link opens nothing.</summary>
    [HttpPost("/forms/record/withdraw/{id:guid}")]
    public async Task<IActionResult> Withdraw([PatientOf<FormAnswer>("form that was asked for")] Guid id, CancellationToken ct)
    {
        if (await db.Answers.FirstOrDefaultAsync(a => a.Id == id, ct) is not { } asked
            || kinds.Find(asked.Kind) is not { } kind || !Actor.Can(kind.Ask))
        {
            return NotFound();
        }

        if (asked.State != FormState.Asked)
        {
            return Done(Back(kind, asked.RecordId), $"{asked.FormName} is {asked.State.Title().ToLowerInvariant()} by now.");
        }

        asked.Withdraw(Clock.GetUtcNow(), Actor.Name);
        return await TrySaveAsync(db, ct) ? Done(Back(kind, asked.RecordId), $"{asked.FormName} need not be filled in any more. Its link opens nothing.")
            : Done(Back(kind, asked.RecordId), "It was filled in at the same moment.");
    }

    public static string Back(FormKind kind, Guid? record) => kind.About is { } about && record is { } id ? FormPages.Of(about, id) : "/forms/record";

    private async Task<FormAnswer> AskAsync(OpenForm open, string way, CancellationToken ct)
    {
        var asked = open.Ask(way, Clock.GetUtcNow(), Actor.Name);
        db.Add(asked);
        await db.SaveChangesAsync(ct);
        return asked;
    }

    private static NewLink Of(OpenForm open, FormAnswer asked)
    {
        var recipient = open.State?.Recipient ?? open.Record?.Row.Name ?? "Whoever gets it";
        return new(open.Kind.Id, asked.Id, recipient.Length > 120 ? recipient[..120] : recipient)
        {
            PatientId = asked.PatientId, LocationId = asked.LocationId, Language = open.State?.Language,
        };
    }

    private IEnumerable<FormKind> KindsAbout(string? record) =>
        kinds.All.Where(k => k.About?.Id == record && (Actor.Can(k.Ask) || Actor.Can(k.Review)));

    private async Task<Model> ModelAsync(SeenRecord? record, CancellationToken ct)
    {
        var about = KindsAbout(record?.Kind.Id).ToDictionary(k => k.Id);
        string[] ids = [.. about.Keys];
        var forms = await db.Forms.AsNoTracking().Where(f => ids.Contains(f.Kind) && f.Current > 0 && f.WithdrawnAt == null)
            .OrderBy(f => f.Name).ToListAsync(ct);
        var row = record?.Row.Id;
        var answers = await db.Answers.AsNoTracking().Where(a => ids.Contains(a.Kind)
                && (row == null || a.SubjectId == row || (a.SubjectId == null && a.PatientId == row)))
            .OrderByDescending(a => a.AskedAt).ThenBy(a => a.Id).Take(MostShown).ToListAsync(ct);
        return new(record, [.. forms.Select(f => new Offer(f, about[f.Kind])).Where(o => Actor.Can(o.Kind.Ask))], answers,
            about.Values.Where(k => Actor.Can(k.Review)).Select(k => k.Id).ToHashSet(), practice.Zone, Clock.GetUtcNow());
    }
}
