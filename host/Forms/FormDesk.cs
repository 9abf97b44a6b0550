using Microsoft.EntityFrameworkCore;
using Modular.Host.Records;
using Modular.Sdk;

namespace Modular.Host.Forms;

/// <summary>A form that may be filled in, about a record that whoever asks may see.</summary>
/// <param name="Record">Null for a kind about nothing.</param>
/// <param name="State">As the record's module knows it; null where it declares nothing.</param>
public sealed record OpenForm(PracticeForm Form, FormVersion Version, FormKind Kind, SeenRecord? Record, FormRecord? State)
{
    public FormAnswer Ask(string way, DateTimeOffset at, string by) => new()
    {
        FormId = Form.Id, Kind = Kind.Id, FormName = Form.Name, Way = way, AskedAt = at, AskedBy = by, Role = Kind.Role,
        // A merge moves the patient; a record that is the patient goes with it.
        SubjectId = Record?.Row.Id == Record?.Row.PatientId ? null : Record?.Row.Id,
        PatientId = Record?.Row.PatientId, LocationId = Record?.Row.LocationId, About = Record?.Row.Name ?? Form.Name,
    };
}

/// <summary>Opens forms to be filled in, judges what was typed, and keeps it.</summary>
public sealed class FormDesk(
    FormsDb db, FormKinds kinds, RecordKinds records, ISignatures signatures, IMessageBus bus, Actor actor, IPractice practice, TimeProvider clock)
{
    private const string What = "form about a record";

    /// <summary>
    /// The newest version of a form, for whoever may ask for it; null when it is not there for them. A shut chart asks why first.
    /// </summary>
    public async Task<OpenForm?> OpenAsync(Guid id, Guid? record, CancellationToken ct)
    {
        if (await db.Forms.AsNoTracking().FirstOrDefaultAsync(f => f.Id == id && f.Current > 0 && f.WithdrawnAt == null, ct) is not { } form
            || kinds.Find(form.Kind) is not { } kind || !actor.Can(kind.Ask))
        {
            return null;
        }

        if (kind.About is null)
        {
            return record is null ? new(form, await VersionAsync(id, form.Current, ct), kind, null, null) : null;
        }

        var seen = record is { } of ? await records.OpenAsync(kind.About.Id, of, What, ct) : null;
        if (seen is null)
        {
            return null;
        }

        var state = kinds.RecordsOf(kind) is { } known ? await known.FindAsync(seen.Row.Id, ct) : null;
        return new(form, await VersionAsync(id, form.Current, ct), kind, seen, state);
    }

    public Task<FormVersion> VersionAsync(Guid form, int number, CancellationToken ct) =>
        db.Versions.AsNoTracking().FirstAsync(v => v.FormId == form && v.Number == number, ct);

    /// <summary>A version that was on somebody's screen; null when a form never had it.</summary>
    public Task<FormVersion?> PublishedAsync(Guid form, int number, CancellationToken ct) =>
        db.Versions.AsNoTracking().FirstOrDefaultAsync(v => v.FormId == form && v.Number == number, ct);

    /// <summary>Where it is filled in: what is typed as a date is read around this day.</summary>
    public DateOnly Today => WallTime.Today(clock, practice.Zone);

    /// <summary>
    /// Judges what was posted: by the form, and whether the record can read what is meant for it. What newly has to be asked because of an answer is shown first, and is no fault of whoever answered.
    /// </summary>
    public (FormReading Read, FormSheet Sheet, IReadOnlyList<FieldError> Faults) Judge(
        FormBody body, FormKind kind, IFormCollection posted, SignatureForm signature, string language, string? refresh)
    {
        var read = FormReader.Read(body, Typed(posted), Today, language);
        var sheet = new FormSheet(body, read.Asked, Typed(posted), language, FormSheet.PadOf(signature, language), refresh);
        PatientTexts texts = FormReader.Texts(language);
        var shown = posted[FormSheet.Shown].ToString().Split(',');
        var faults = read.Errors.Where(e => shown.Any(key => e.Field == $"answer-{key}")).ToList();
        faults.AddRange(from change in FieldChange.Of(body, kind, read.Answers, new Dictionary<string, string?>())
                        where change.Field.Read is { } reads && reads(change.Answered) is null
                        select new FieldError(body.Questions.First(q => q.Field == change.Field.Name).Name, texts["FormUnread"]));
        if (body.Questions.Any(q => q.Kind == QuestionKind.Signature && read.Asked.Contains(q.Key) && shown.Contains(q.Key)))
        {
            faults.AddRange(signatures.Faults(sheet.Pad));
        }

        if (read.Asked.Except(shown).Any())
        {
            faults.Add(new("", texts["FormMore"]));
        }

        return (read, sheet, faults);
    }

    /// <summary>Keeps what was judged good, signed where the form asks for it, within the write of the caller.</summary>
    public async Task KeepAsync(FormAnswer row, FormVersion version, FormReading read, SignaturePad pad, string by, CancellationToken ct)
    {
        var body = version.Asks();
        Guid? signature = null;
        if (body.Questions.Any(q => q.Kind == QuestionKind.Signature && read.Asked.Contains(q.Key)))
        {
            var text = new SignedText($"{row.FormName}, version {version.Number}", FormWords.Signed(body, read, pad.Language), pad.Language);
            signature = await signatures.SignAsync(
                new(kinds.Find(row.Kind)!.Review, row.Id, text, pad) { PatientId = row.PatientId, LocationId = row.LocationId }, ct);
        }

        row.Answer(version, read, pad.Language, clock.GetUtcNow(), by, signature);
        await SaveAsync(row, ct);
    }

    /// <summary>With what the module of its kind is told.</summary>
    public async Task SaveAsync(FormAnswer answered, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await db.SaveChangesAsync(ct);
        await bus.PublishAsync(answered.Told(), new(Key: answered.Id.ToString()));
        await write.CommitAsync(ct);
    }

    /// <summary>What was posted; nothing when it cannot be read as a form.</summary>
    public static async Task<IFormCollection> PostedAsync(HttpRequest request, CancellationToken ct)
    {
        try
        {
            return request.HasFormContentType ? await request.ReadFormAsync(ct) : FormCollection.Empty;
        }
        catch (InvalidDataException)
        {
            return FormCollection.Empty;
        }
    }

    public static Func<string, IReadOnlyList<string>> Typed(IFormCollection posted) => name => [.. posted[name].OfType<string>()];
}
