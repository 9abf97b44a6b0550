using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Modular.Sdk;

namespace Modular.Host.Forms;

/// <summary>Makes the draft the version that people fill in from now on. A version never changes.</summary>
[Needs(FormKinds.Manage)]
public sealed class PublishForm(FormsDb db, FormKinds kinds) : Slice
{
    public sealed class Form : IEditForm<PracticeForm>
    {
        private FormVersion? published;

        public int Version { get; set; }
        public string? Change { get; set; }

        [BindNever]
        public Guid FormId { get; private set; }

        [BindNever]
        public string Name { get; private set; } = "";

        [BindNever]
        public int Next { get; private set; }

        [BindNever]
        public IReadOnlyList<FormTexts.Text> Untranslated { get; private set; } = [];

        /// <summary>Of whoever publishes, at this moment.</summary>
        internal Func<PracticeForm, string?, FormVersion>? Publish { get; set; }

        internal FormVersion Published => published!;

        public void Show(PracticeForm form)
        {
        }

        public void Of(PracticeForm form) =>
            (FormId, Name, Next, Untranslated) = (form.Id, form.Name, form.Current + 1, FormTexts.Missing(form.Body));

        public void Write(PracticeForm form, Reading read)
        {
            var change = read.Text(nameof(Change), "What changed", Change, 300);
            if (change is { Length: < 3 } || (form.Current > 0 && change is null))
            {
                read.Refuse(nameof(Change), "Say in a few words what changed.");
            }
            else if (read.Errors.Count == 0)
            {
                published = Publish!(form, form.Current == 0 ? null : change);
            }
        }
    }

    [HttpGet("/forms/publish/{id:guid}")]
    public Task<IActionResult> Get(Guid id, CancellationToken ct) => Row.ShowAsync(id, ct);

    [HttpPost("/forms/publish/{id:guid}")]
    public Task<IActionResult> Post(Guid id, Form form, CancellationToken ct)
    {
        form.Publish = (row, change) => row.Publish(change, Clock.GetUtcNow(), Actor.Name);
        return Row.SaveAsync(id, form, ct);
    }

    private Edit<PracticeForm, Form> Row => new(this, db)
    {
        What = "form",
        Acts = true,
        Rows = db.Forms.Where(f => f.WithdrawnAt == null),
        Model = (row, form, _) =>
        {
            form.Of(row!);
            if (!ModelState.ContainsKey("") && kinds.Find(row!.Kind) is { } kind)
            {
                foreach (var fault in FormRules.Faults(row.Body, kind))
                {
                    Refuse("", fault);
                }
            }

            return Task.FromResult<object>(form);
        },
        Check = async (row, form, read, ct) =>
        {
            foreach (var fault in kinds.Find(row.Kind) is { } kind ? FormRules.Faults(row.Body, kind) : ["The module of this form is off."])
            {
                read.Refuse("", fault);
            }

            if (read.Errors.Count == 0)
            {
                // The form goes first: of two who publish at once, one finds it changed.
                await db.SaveChangesAsync(ct);
                db.Add(form.Published);
            }
        },
        Saved = row => Done($"/forms/show/{row.Id}", $"Version {row.Current} of {row.Name} is published. It is filled in from now on."),
    };
}
