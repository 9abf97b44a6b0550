using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Retention;

/// <summary>Lengthens how long records of a kind are kept, with a reason: state law, an insurer or a contract asks for more than the rule.</summary>
[Needs(RetentionClasses.Manage)]
public sealed class TermForm(RetentionDb db, RetentionClasses classes) : Slice
{
    public sealed class Form : IEditForm<RetentionTerm>
    {
        public int Version { get; set; }
        public int? Years { get; set; }
        public string? Reason { get; set; }

        [BindNever, ValidateNever]
        public RetentionClass Class { get; set; } = null!;

        /// <summary>Who decided what is there now, and when; null when the rule alone counts.</summary>
        [BindNever, ValidateNever]
        public RetentionTerm? Kept { get; set; }

        public void Show(RetentionTerm term) => (Years, Reason, Kept) = (term.Years, term.Reason, term);

        public void Write(RetentionTerm term, Reading read)
        {
            term.Reason = read.Required(nameof(Reason), "Why", Reason, 300);
            if (term.Reason.Length is 1 or 2)
            {
                read.Refuse(nameof(Reason), "Say why in at least three letters.");
            }

            if (Years is not (>= 1 and <= 100))
            {
                read.Refuse(nameof(Years), "Type whole years, at most 100.");
            }
            else if (Years < Class.Years)
            {
                read.Refuse(nameof(Years),
                    $"The rule asks for {Said.Many(Class.Years, "year")} at least; a practice may keep records longer, never shorter.");
            }
            else
            {
                term.Years = Years.Value;
            }
        }
    }

    [HttpGet("/retention/terms/{kind}")]
    public Task<IActionResult> Get(string kind, CancellationToken ct) => EditAsync(kind, new(), (edit, id) => edit.ShowAsync(id, ct), ct);

    [HttpPost("/retention/terms/{kind}")]
    public Task<IActionResult> Post(string kind, Form form, CancellationToken ct) =>
        EditAsync(kind, form, (edit, id) => edit.SaveAsync(id, form, ct), ct);

    private async Task<IActionResult> EditAsync(
        string kind, Form posted, Func<Edit<RetentionTerm, Form>, Guid?, Task<IActionResult>> act, CancellationToken ct)
    {
        if (classes.Find(kind)?.Class is not { } known)
        {
            return NotFound();
        }

        posted.Class = known;
        var id = await db.Terms.Where(t => t.Kind == kind).Select(t => (Guid?)t.Id).FirstOrDefaultAsync(ct);
        return await act(new(this, db)
        {
            What = "term",
            New = () => new() { Kind = kind },
            Blank = () => new() { Years = known.Years },
            Check = LockAsync,
            Model = (term, form, _) =>
            {
                (form.Class, form.Kept) = (known, term);
                return Task.FromResult<object>(form);
            },
            Saved = term => Done("/retention",
                $"{known.Title}: kept for {Said.Many(term.Years, "year")}{(term.Years == known.Years ? ", as the rule says" : "")}."),
        }, id);
    }

    /// <summary>A run judges each record again by what is in force then: until this is saved none goes.</summary>
    private async Task LockAsync(RetentionTerm term, Form form, Reading read, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync(DisposalRun.Lock, ct);
        await write.CommitAsync(ct);
        (term.SetBy, term.SetAt) = (Actor.Name, Clock.GetUtcNow());
    }
}
