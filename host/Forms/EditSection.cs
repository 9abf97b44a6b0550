using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Modular.Sdk;

namespace Modular.Host.Forms;

/// <summary>Heading of a section and what its points mean; a new section when the address has no key.</summary>
[Needs(FormKinds.Manage)]
public sealed class EditSection(FormsDb db) : Slice
{
    public sealed class Form : IEditForm<PracticeForm>
    {
        public int Version { get; set; }
        public string? Title { get; set; }
        public string? Help { get; set; }
        public string? Bands { get; set; }

        [BindNever]
        public Guid FormId { get; set; }

        [BindNever]
        public string? Key { get; set; }

        public void Show(PracticeForm form)
        {
            if (form.Body.Section(Key) is { } section)
            {
                (Title, Help) = (section.Title.En, section.Help?.En);
                Bands = string.Join('\n', section.Bands.Select(b => $"{b.From:0.##} to {b.To:0.##}: {b.Sentence}"));
            }
        }

        public void Write(PracticeForm form, Reading read)
        {
            var title = read.Required(nameof(Title), "Heading", Title, 120);
            var help = FormTyping.Wording(read, nameof(Help), "Help", Help);
            var bands = FormTyping.Lines(Bands).Select(line => Band(line, read)).OfType<ScoreBand>().OrderBy(b => b.From).ToList();
            if (read.Errors.Count > 0)
            {
                return;
            }

            if (Key is null && form.Body.Sections.Count >= FormRules.MostSections)
            {
                read.Refuse("", $"A form has at most {FormRules.MostSections} sections.");
                return;
            }

            var key = Key ?? form.NextSection();
            form.Change(body =>
            {
                var section = body.Section(key);
                if (section is null)
                {
                    body.Sections.Add(section = new() { Key = key });
                }

                section.Title = Words.Of(title, section.Title)!;
                section.Help = Words.Of(help, section.Help);
                section.Bands = bands;
            });
        }

        private static ScoreBand? Band(string line, Reading read)
        {
            // "0 to 4: Minimal", or with a dash as on paper.
            var (points, sentence) = line.Split(':', 2) is [var left, var right] ? (left, right.Trim()) : (line, "");
            var ends = points.Replace("–", " to ", StringComparison.Ordinal).Split("to", 2);
            if (ends.Length == 2 && sentence.Length is > 0 and <= 200
                && decimal.TryParse(ends[0].Trim(), NumberStyles.Number, CultureInfo.InvariantCulture, out var from)
                && decimal.TryParse(ends[1].Trim(), NumberStyles.Number, CultureInfo.InvariantCulture, out var to) && from <= to)
            {
                return new() { From = from, To = to, Sentence = sentence };
            }

            read.Refuse(nameof(Bands), $"“{line}” cannot be read. Type it like 0 to 4: Minimal.");
            return null;
        }
    }

    [HttpGet("/forms/edit-section/{id:guid}/{key?}")]
    public Task<IActionResult> Get(Guid id, string? key, CancellationToken ct) => Row(id, key).ShowAsync(id, ct);

    [HttpPost("/forms/edit-section/{id:guid}/{key?}")]
    public async Task<IActionResult> Post(Guid id, string? key, Form form, CancellationToken ct)
    {
        form.Key = key;
        form.Version = key is null ? await FormTyping.NewestAsync(db, id, form.Version, ct) : form.Version;
        return await Row(id, key).SaveAsync(id, form, ct);
    }

    private Edit<PracticeForm, Form> Row(Guid id, string? key) => new(this, db)
    {
        What = "form",
        Rows = FormTyping.Drafts(db, key),
        AlsoShow = (row, form, _) =>
        {
            form.Key = key;
            form.Show(row);
            return Task.CompletedTask;
        },
        Model = (_, form, _) =>
        {
            (form.FormId, form.Key) = (id, key);
            return Task.FromResult<object>(form);
        },
        Saved = _ => Done($"/forms/show/{id}", key is null ? "The section is added." : "The section is saved."),
    };
}
