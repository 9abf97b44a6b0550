using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Host.Letters;

/// <summary>A text on the screen before it is kept, or what is wrong with it.</summary>
public sealed class PreviewLetter(LetterBook book, LetterRecords records, Letters letters, IPractice practice)
    : DraftPage(book, records, letters, practice)
{
    [HttpPost("/admin/letters/preview/{kind}/{language}")]
    [Needs("core.letters.manage")]
    public async Task<IActionResult> Post(string kind, string language, LetterForm form, CancellationToken ct) =>
        await WriteAsync(kind, language, form, ct) is not { } model ? NotFound()
        : Request.WantsFragment() ? Fragment("_Preview", model)
        : Page(model);
}
