using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Forms;

/// <summary>Forms for the modules that declare their kinds.</summary>
public sealed class FormBook(FormsDb db, FormKinds kinds, FormDesk desk, Actor actor, TimeProvider clock) : IForms
{
    private const int MostAnswered = 1000;

    public async Task<Guid> BeginAsync(FormKind kind, string name, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(kind);
        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync($"forms of {kind.Id}", ct);
        if (await db.Forms.Where(f => f.Kind == kind.Id).OrderBy(f => f.Id).Select(f => (Guid?)f.Id).FirstOrDefaultAsync(ct) is { } there)
        {
            return there;
        }

        var form = new PracticeForm { Kind = kind.Id, Name = name };
        form.BeginWith(kind);
        if (FormRules.Faults(form.Body, kind) is [var fault, ..])
        {
            throw new ArgumentException(fault, nameof(kind));
        }

        var version = form.Publish(null, clock.GetUtcNow(), actor.Name);
        db.Add(form);
        await db.SaveChangesAsync(ct);
        db.Add(version);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return form.Id;
    }

    public async Task<Guid> TakeDownAsync(
        Guid form, Guid? record, string by, IReadOnlyDictionary<string, string> answers, CancellationToken ct = default)
    {
        var open = await desk.OpenAsync(form, record, ct)
            ?? throw new ArgumentException("There is no such form in use, or no such record for whoever acts.", nameof(form));
        var body = open.Version.Asks();
        var byName = body.Questions.ToDictionary(
            q => q.Name, q => answers.GetValueOrDefault(q.Key) ?? (q.Field is { } field ? answers.GetValueOrDefault(field) : null));
        var read = FormReader.Read(body, name => byName.GetValueOrDefault(name) is { } typed ? [typed] : [], desk.Today, "en");
        if (read.Errors is [var fault, ..])
        {
            throw new ArgumentException($"{fault.Field}: {fault.Sentence}", nameof(answers));
        }

        var now = clock.GetUtcNow();
        var row = open.Ask("staff", now, actor.Name);
        row.Answer(open.Version, read, "en", now, by, null);
        db.Add(row);
        await desk.SaveAsync(row, ct);
        return row.Id;
    }

    public async Task<IReadOnlyList<AnsweredForm>> AnsweredAsync(FormKind kind, Guid? record = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(kind);
        if (kinds.Find(kind.Id) is null || !actor.Can(kind.Review))
        {
            return [];
        }

        var rows = await db.Answers.AsNoTracking().Where(a => a.Kind == kind.Id && a.Answers != null && a.State != FormState.SetAside
                && (record == null || a.SubjectId == record || (a.SubjectId == null && a.PatientId == record)))
            .OrderByDescending(a => a.AnsweredAt).ThenBy(a => a.Id).Take(MostAnswered).ToListAsync(ct);
        var forms = rows.ConvertAll(r => r.FormId);
        var versions = await db.Versions.AsNoTracking().Where(v => forms.Contains(v.FormId)).ToListAsync(ct);
        var bodies = versions.ToDictionary(v => (v.FormId, v.Number), v => v.Asks());
        return [.. rows.Select(r => Of(r, bodies[(r.FormId, r.Number!.Value)]))];
    }

    private static AnsweredForm Of(FormAnswer row, FormBody body)
    {
        var given = row.Given;
        return new(row.Id, row.FormId, row.Number!.Value, row.RecordId, row.AnsweredAt!.Value, row.AnsweredBy!,
            body.Questions.Where(q => given.ContainsKey(q.Key)).ToDictionary(q => q.Key, q => FormWords.Line(q, given, "en")),
            FormScore.Of(body, given).GroupBy(s => s.Title).ToDictionary(g => g.Key, g => g.Sum(s => s.Points)), row.State == FormState.Reviewed);
    }
}
