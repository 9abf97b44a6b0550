using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Host.Letters;

/// <summary>A test print of a text before it is kept: with <c>?pdf</c> the paper as it will be.</summary>
public sealed class PrintLetter(LetterBook book, LetterRecords records, Letters letters, IPractice practice)
    : DraftPage(book, records, letters, practice)
{
    [HttpPost("/admin/letters/print/{kind}/{language}")]
    [Needs("core.letters.manage")]
    public async Task<IActionResult> Post(string kind, string language, LetterForm form, CancellationToken ct) =>
        await WriteAsync(kind, language, form, ct) is not { } model ? NotFound()
        : model.Letter is not { Fault: null } ? View("PreviewLetter", model)
        : Page(model);
}
