using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Modular.Sdk;

namespace Modular.Host.Forms;

/// <summary>All texts of a form in English, and beside each its Spanish.</summary>
[Needs(FormKinds.Manage)]
public sealed class TranslateForm(FormsDb db) : Slice
{
    public sealed class Form : IEditForm<PracticeForm>
    {
        private const int Longest = 1000;

        public int Version { get; set; }

        /// <summary>By the keys of the texts, <c>q1-label</c>.</summary>
        public Dictionary<string, string?> Es { get; set; } = [];

        [BindNever]
        public Guid FormId { get; set; }

        [BindNever]
        public string Name { get; private set; } = "";

        [BindNever]
        public IReadOnlyList<FormTexts.Text> Texts { get; private set; } = [];

        public void Show(PracticeForm form) => Es = FormTexts.Of(form.Body).ToDictionary(t => t.Key, t => t.Words.Es);

        public void Of(PracticeForm form) => (FormId, Name, Texts) = (form.Id, form.Name, [.. FormTexts.Of(form.Body)]);

        public void Write(PracticeForm form, Reading read)
        {
            foreach (var (key, typed) in Es.Where(t => t.Value?.Length > Longest))
            {
                read.Refuse($"Es[{key}]", $"This has {typed!.Length} letters; at most {Longest} fit.");
            }

            if (read.Errors.Count == 0)
            {
                form.Change(body =>
                {
                    foreach (var text in FormTexts.Of(body).Where(t => Es.ContainsKey(t.Key)))
                    {
                        var spanish = Es[text.Key]?.ReplaceLineEndings("\n").Replace("\0", "", StringComparison.Ordinal).Trim();
                        text.Words.Es = spanish is { Length: > 0 } ? spanish : null;
                    }
                });
            }
        }
    }

    [HttpGet("/forms/translate/{id:guid}")]
    public Task<IActionResult> Get(Guid id, CancellationToken ct) => Row.ShowAsync(id, ct);

    [HttpPost("/forms/translate/{id:guid}")]
    public Task<IActionResult> Post(Guid id, Form form, CancellationToken ct) => Row.SaveAsync(id, form, ct);

    private Edit<PracticeForm, Form> Row => new(this, db)
    {
        What = "form",
        Rows = db.Forms.Where(f => f.WithdrawnAt == null),
        Acts = true,
        Model = (row, form, _) =>
        {
            form.Of(row!);
            return Task.FromResult<object>(form);
        },
        Saved = form => Done($"/forms/show/{form.Id}", FormTexts.Missing(form.Body).Count is > 0 and var left
            ? $"The Spanish is saved. {Said.Many(left, "text")} without it." : "The Spanish is saved, and complete."),
    };
}
