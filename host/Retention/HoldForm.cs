using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.Retention;

/// <summary>
/// Holds records of a kind, or everything that is about one person who signs in. Patients and single records are held at their standing.
/// </summary>
[Needs(RetentionClasses.Manage)]
public sealed class HoldForm(RetentionDb db, PeopleDb people, RetentionClasses classes) : Slice
{
    public sealed class Form : IEditForm<RetentionHold>
    {
        public int Version { get; set; }
        public string? Matter { get; set; }
        public string? Reason { get; set; }
        public string? Kind { get; set; }
        public Guid? PersonId { get; set; }

        [BindNever, ValidateNever]
        public IReadOnlyDictionary<string, string> Kinds { get; set; } = new Dictionary<string, string>();

        [BindNever, ValidateNever]
        public List<SelectListItem> People { get; set; } = [];

        public void Show(RetentionHold hold) => (Matter, Reason, Kind, PersonId) = (hold.Matter, hold.Reason, hold.Kind, hold.PersonId);

        public void Write(RetentionHold hold, Reading read)
        {
            (hold.Matter, hold.Reason) = Words(read, Matter, Reason);
            hold.Kind = read.OneOf(nameof(Kind), "Records", Kind, Kinds);
            hold.PersonId = PersonId;
            if ((hold.Kind is null) == (PersonId is null) && read.Errors.Count == 0)
            {
                read.Refuse(nameof(Kind), "Choose records of a kind, or a person: one of the two.");
            }

            if (PersonId is { } person && !People.Exists(p => p.Value == $"{person}"))
            {
                read.Refuse(nameof(PersonId), "Choose somebody of the list.");
            }

            hold.About = hold.Kind is { } kind ? $"All: {Kinds[kind]}" : People.Find(p => p.Value == $"{PersonId}")?.Text ?? "";
        }
    }

    /// <summary>What every hold says of itself.</summary>
    internal static (string Matter, string Reason) Words(Reading read, string? matter, string? reason)
    {
        var (name, why) = (read.Required(nameof(Form.Matter), "Matter", matter, 120), read.Required(nameof(Form.Reason), "Reason", reason, 300));
        if (why.Length is 1 or 2)
        {
            read.Refuse(nameof(Form.Reason), "Say why in at least three letters.");
        }

        return (name, why);
    }

    [HttpGet("/retention/holds/add")]
    public async Task<IActionResult> Get(CancellationToken ct) => await (await RowAsync(new(), ct)).ShowAsync(null, ct);

    [HttpPost("/retention/holds/add")]
    public async Task<IActionResult> Post(Form form, CancellationToken ct) => await (await RowAsync(form, ct)).SaveAsync(null, form, ct);

    /// <summary>Until the save is committed no record goes.</summary>
    private async Task LockAsync(RetentionHold hold, Form form, Reading read, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync(DisposalRun.Lock, ct);
        await write.CommitAsync(ct);
    }

    private async Task<Edit<RetentionHold, Form>> RowAsync(Form posted, CancellationToken ct)
    {
        var kinds = classes.All.ToDictionary(k => k.Class.Id, k => k.Class.Title);
        var active = await people.People.AsNoTracking().OrderBy(p => p.Name).Select(p => new SelectListItem(p.Name, p.Id.ToString())).ToListAsync(ct);
        (posted.Kinds, posted.People) = (kinds, active);
        return new(this, db)
        {
            What = "hold",
            New = () => new() { HeldBy = Actor.Name, HeldAt = Clock.GetUtcNow() },
            Model = (_, form, _) =>
            {
                (form.Kinds, form.People) = (kinds, active);
                return Task.FromResult<object>(form);
            },
            Check = LockAsync,
            Saved = hold => Done("/retention/holds", $"Held for {hold.Matter}: {hold.About}."),
        };
    }
}
