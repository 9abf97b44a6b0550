using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Host.Letters;

/// <summary>
/// The words of one letter in one language. What is wrong with them is said before they are kept; what was kept stays to go back to.
/// </summary>
public sealed class EditLetter(LetterBook book, LetterTexts texts, LetterRecords records, IPractice practice) : LetterPage(book, practice)
{
    public static readonly IReadOnlyDictionary<string, string> Languages = new Dictionary<string, string> { ["en"] = "English", ["es"] = "Spanish" };

    /// <param name="Theirs">What somebody else saved while this was typed, beside what was typed; empty as a rule.</param>
    public sealed record Model(
        LetterKind Kind, string Language, LetterForm Form, bool Own, IReadOnlyList<LetterRecord> Records, bool HasSource,
        IReadOnlyList<TextLine> Theirs);

    [HttpGet("/admin/letters/edit/{kind}/{language}")]
    [Needs("core.letters.manage")]
    public async Task<IActionResult> Get(string kind, string language, CancellationToken ct)
    {
        if (Find(kind, language) is not { } letter)
        {
            return NotFound();
        }

        var kept = await texts.FindAsync(kind, language, ct);
        var form = new LetterForm { Text = kept.Text ?? Book.Standard(letter.Kind, language), After = kept.Number };
        return Page(await ShowAsync(letter, language, form, kept, [], ct));
    }

    [HttpPost("/admin/letters/edit/{kind}/{language}")]
    [Needs("core.letters.manage")]
    public async Task<IActionResult> Post(string kind, string language, LetterForm form, CancellationToken ct)
    {
        if (Find(kind, language) is not { } letter)
        {
            return NotFound();
        }

        var saved = await texts.SaveAsync(letter.Kind, language, form.Text ?? "", form.After, ct);
        if (saved is { Problems.Count: 0 })
        {
            var removed = string.Join(" ", saved.Removed.Select(r => r.Sentence).Distinct());
            return Done($"/admin/letters/edit/{kind}/{language}", removed.Length == 0
                ? $"{letter.Kind.Name} saved. Letters use the new words from now on."
                : $"{letter.Kind.Name} saved, without what letters do not have: {removed}");
        }

        var kept = await texts.FindAsync(kind, language, ct);
        if (saved is not null)
        {
            Refuse("Form.Text", string.Join(" ", saved.Problems));
            return Invalid(await ShowAsync(letter, language, form, kept, [], ct));
        }

        // The second of two sees the words of the first beside their own, and decides by saving again.
        Response.StatusCode = StatusCodes.Status409Conflict;
        form.After = kept.Number;
        ModelState.Clear();
        var theirs = TextDifference.Of(kept.Text ?? Book.Standard(letter.Kind, language), form.Text ?? "");
        return Page(await ShowAsync(letter, language, form, kept, theirs, ct));
    }

    private async Task<Model> ShowAsync(
        LetterDeclaration letter, string language, LetterForm form, KeptLetterText kept, IReadOnlyList<TextLine> theirs, CancellationToken ct) =>
        new(letter.Kind, language, form, kept.Text is not null, await records.LatestAsync(letter, ct), letter.Source is not null, theirs);
}
