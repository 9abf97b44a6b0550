using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Host.Letters;

/// <summary>Every text that a letter had in this practice, what each changed, and the way back to it.</summary>
public sealed class LetterVersions(LetterBook book, LetterTexts texts, IPractice practice) : LetterPage(book, practice)
{
    /// <param name="Shown">The version whose changes are shown; null when there is none.</param>
    /// <param name="Changes">Against the version before it, or the standard text.</param>
    public sealed record Model(
        LetterKind Kind, string Language, IReadOnlyList<LetterVersion> Versions, LetterVersion? Shown, IReadOnlyList<TextLine> Changes)
    {
        public int Current => Versions.Count == 0 ? 0 : Versions[0].Number;
    }

    [HttpGet("/admin/letters/versions/{kind}/{language}")]
    [Needs("core.letters.manage")]
    public async Task<IActionResult> Get(string kind, string language, int? number, CancellationToken ct)
    {
        if (Find(kind, language) is not { } letter)
        {
            return NotFound();
        }

        var versions = await texts.VersionsAsync(kind, language, ct);
        var shown = number is null ? versions is [var last, ..] ? last : null : versions.FirstOrDefault(v => v.Number == number);
        var before = shown is null ? null : versions.FirstOrDefault(v => v.Number == shown.Number - 1);
        var standard = Book.Standard(letter.Kind, language).Trim();
        var changes = shown is null ? [] : TextDifference.Of(before?.Text ?? standard, shown.Text ?? standard);
        return number is not null && shown is null ? NotFound() : Page(new Model(letter.Kind, language, versions, shown, changes));
    }

    /// <param name="number">0: the standard text.</param>
    /// <param name="after">The latest number when the page was shown.</param>
    [HttpPost("/admin/letters/versions/{kind}/{language}/back")]
    [Needs("core.letters.manage")]
    public async Task<IActionResult> Back(string kind, string language, int number, int after, CancellationToken ct)
    {
        if (Find(kind, language) is not { } letter)
        {
            return NotFound();
        }

        var version = number == 0 ? null : (await texts.VersionsAsync(kind, language, ct)).FirstOrDefault(v => v.Number == number);
        if (number != 0 && version is null)
        {
            return NotFound();
        }

        var page = $"/admin/letters/versions/{kind}/{language}";
        return await texts.SaveAsync(letter.Kind, language, version?.Text, after, ct) switch
        {
            null => Done(page, "Somebody else saved another text meanwhile. Look at it first."),
            { Problems: [var problem, ..] } => Done(page, $"That text cannot be used any more. {problem}"),
            _ => Done($"/admin/letters/edit/{kind}/{language}",
                version?.Text is null ? "The standard text is used again." : $"The text of version {number} is used again."),
        };
    }
}
