using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.AspNetCore.Mvc.Rendering;
using Modular.Sdk;

namespace Modular.Host.Forms;

/// <summary>Name and kind of a form; a new one when the address has no id.</summary>
[Needs(FormKinds.Manage)]
public sealed class EditForm(FormsDb db, FormKinds kinds) : Slice
{
    public sealed class Form : IEditForm<PracticeForm>
    {
        public int Version { get; set; }
        public string? Kind { get; set; }
        public string? Name { get; set; }

        /// <summary>Begins with a question for each field of the record.</summary>
        public bool Fields { get; set; }

        [BindNever, ValidateNever]
        public IReadOnlyList<FormKind> Kinds { get; set; } = [];

        public IEnumerable<SelectListItem> Offered => Kinds.Select(k => new SelectListItem(k.Title, k.Id));

        public void Show(PracticeForm form) => (Kind, Name) = (form.Kind, form.Name);

        public void Write(PracticeForm form, Reading read)
        {
            form.Name = read.Required(nameof(Name), "Name", Name, 120);
            if (form.Kind.Length > 0)
            {
                return; // what it is about stays: people answered it
            }

            if (Kinds.FirstOrDefault(k => k.Id == Kind) is not { } kind)
            {
                read.Refuse(nameof(Kind), "Choose what kind of form it is.");
                return;
            }

            form.Kind = kind.Id;
            if (Fields && kind.Fields.Count > 0)
            {
                form.BeginWith(kind);
            }
        }
    }

    [HttpGet("/forms/edit/{id:guid?}")]
    public Task<IActionResult> Get(Guid? id, CancellationToken ct) => Row.ShowAsync(id, ct);

    [HttpPost("/forms/edit/{id:guid?}")]
    public Task<IActionResult> Post(Guid? id, Form form, CancellationToken ct)
    {
        form.Kinds = [.. kinds.All.OrderBy(k => k.Title)];
        return Row.SaveAsync(id, form, ct);
    }

    private Edit<PracticeForm, Form> Row => new(this, db)
    {
        What = "form",
        Rows = db.Forms.Where(f => f.WithdrawnAt == null),
        New = () => new(),
        Blank = () => new() { Fields = true },
        Model = (_, form, _) =>
        {
            form.Kinds = [.. kinds.All.OrderBy(k => k.Title)];
            return Task.FromResult<object>(form);
        },
        Saved = form => Done($"/forms/show/{form.Id}",
            form.Version == 1 ? $"{form.Name} is added. Write its questions, then publish it." : $"{form.Name} saved."),
    };
}
