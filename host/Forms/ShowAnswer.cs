using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Records;
using Modular.Sdk;

namespace Modular.Host.Forms;

/// <summary>One form as it was filled in; beside its answers what the record holds, to take over what was ticked.</summary>
[Needs(FormKinds.SeeAnswers)]
public sealed class ShowAnswer(FormsDb db, FormKinds kinds, FormDesk desk, RecordKinds records, IPractice practice) : Slice
{
    /// <param name="RecordVersion">Of the record that the answers are compared with; null when there is none to change.</param>
    public sealed record Model(FormAnswer Answer, FormKind Kind, FormBody Body, SeenRecord? Record, int? RecordVersion,
        IReadOnlyList<FieldChange> Changes, string Zone, DateTimeOffset Now)
    {
        public string? Why { get; init; }

        /// <summary>What was ticked before it was refused; null: all, as the page opens.</summary>
        public IReadOnlyCollection<string>? Ticked { get; init; }

        public bool MayTake => Answer.State == FormState.Waiting;
    }

    [HttpGet("/forms/show-answer/{id:guid}")]
    public async Task<IActionResult> Get([PatientOf<FormAnswer>("form that was filled in")] Guid id, CancellationToken ct) =>
        await FindAsync(id, ct) is { } model ? Page(model) : NotFound();

    /// <param name="recordVersion">Of the record beside them.</param>
    /// <param name="take">Names of the fields that were ticked.</param>
    [HttpPost("/forms/show-answer/{id:guid}")]
    public async Task<IActionResult> Post(
        [PatientOf<FormAnswer>("form that was filled in")] Guid id, int? recordVersion, string[] take, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync($"form {id}", ct);
        if (await FindAsync(id, ct) is not { } model)
        {
            return NotFound();
        }

        if (Settled(model.Answer) is { } settled)
        {
            return settled;
        }

        if (recordVersion != model.RecordVersion)
        {
            Refuse("", model.Record is { } record ? $"{await WhoChangedAsync(record.Row.Id, ct)} changed {record.Row.Name} after you opened this page. "
                + "What is kept now stands below: look at it, then tick what to take over." : "The record is not there any more.");
            return Invalid(model with { Ticked = take });
        }

        var ticked = model.Changes.Where(c => !c.Same && take.Contains(c.Field.Name)).ToList();
        try
        {
            if (ticked.Count > 0 && Accept(await kinds.RecordsOf(model.Kind)!.TakeAsync(
                model.Record!.Row.Id, recordVersion!.Value, ticked.ToDictionary(c => c.Field.Name, c => c.Answered), ct)) is false)
            {
                return await AgainAsync(id, take, ct);
            }

            model.Answer.Review([.. ticked.Select(c => new TakenField(c.Field.Name, c.Field.Title, c.Kept, c.InWords))], Clock.GetUtcNow(), Actor.Name);
            await db.SaveChangesAsync(ct);
            await write.CommitAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            Refuse("", "Somebody saved the record or this form at the same moment. Look at it again; nothing was changed.");
            return await AgainAsync(id, take, ct);
        }

        return await DoneNextAsync(FormAnswer.Queue, db, id, "/forms/answers",
            ticked.Count == 0 ? $"{model.Answer.FormName} of {model.Answer.About} is reviewed."
            : $"{Said.Many(ticked.Count, "field")} of {model.Answer.About} changed: {string.Join(", ", ticked.Select(c => c.Field.Title.ToLowerInvariant()))}.",
            ct);
    }

    [HttpPost("/forms/show-answer/{id:guid}/set-aside")]
    public async Task<IActionResult> SetAside([PatientOf<FormAnswer>("form that was filled in")] Guid id, string? why, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync($"form {id}", ct);
        if (await FindAsync(id, ct) is not { } model)
        {
            return NotFound();
        }

        if (Settled(model.Answer) is { } settled)
        {
            return settled;
        }

        if (Reading.Clean(why) is not { Length: >= 3 and <= 300 } reason)
        {
            Refuse(nameof(Model.Why), "Say why it is set aside, in 3 to 300 letters.");
            return Invalid(model with { Why = why });
        }

        model.Answer.SetAside(reason, Clock.GetUtcNow(), Actor.Name);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return await DoneNextAsync(FormAnswer.Queue, db, id, "/forms/answers",
            $"{model.Answer.FormName} of {model.Answer.About} is set aside. Nothing was changed.", ct);
    }

    private IActionResult? Settled(FormAnswer answer) => answer.State == FormState.Waiting ? null
        : Done($"/forms/show-answer/{answer.Id}", $"{answer.ReviewedBy} was quicker: it is {answer.State.Title().ToLowerInvariant()}.");

    /// <summary>The page as the record is now, after a write that was left.</summary>
    private async Task<IActionResult> AgainAsync(Guid id, string[] take, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        return await FindAsync(id, ct) is { } model ? Invalid(model with { Ticked = take }) : NotFound();
    }

    private async Task<Model?> FindAsync(Guid id, CancellationToken ct)
    {
        if (await db.Answers.FirstOrDefaultAsync(a => a.Id == id && a.Answers != null, ct) is not { } answer
            || kinds.Find(answer.Kind) is not { } kind || !Actor.Can(kind.Review))
        {
            return null;
        }

        var body = (await desk.VersionAsync(answer.FormId, answer.Number!.Value, ct)).Asks();
        var record = kind.About is { } about && answer.RecordId is { } of
            ? await records.OpenAsync(about.Id, of, "form that was filled in", ct) : null;
        var state = record is not null && kinds.RecordsOf(kind) is { } known ? await known.FindAsync(record.Row.Id, ct) : null;
        return new(answer, kind, body, record, state?.Version, state is null ? [] : FieldChange.Of(body, kind, answer.Given, state.Values),
            practice.Zone, Clock.GetUtcNow());
    }
}
