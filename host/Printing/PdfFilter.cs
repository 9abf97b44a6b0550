using System.Globalization;
using System.Text;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Modular.Host.Printing;

/// <summary>
/// A print page asked for with <c>?pdf</c> answers as a PDF. The page itself was made as always before: the same address, permission
/// and entry in the access log, the same words.
/// </summary>
public sealed class PdfFilter : IAsyncResultFilter
{
    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        var response = context.HttpContext.Response;
        if (context.Result is not ViewResult || !context.HttpContext.Request.Query.ContainsKey("pdf"))
        {
            await next();
            return;
        }

        var answer = response.Body;
        using var html = new MemoryStream();
        response.Body = html;
        try
        {
            await next();
        }
        finally
        {
            response.Body = answer;
        }

        html.Position = 0;
        var page = await new HtmlParser().ParseDocumentAsync(html, context.HttpContext.RequestAborted);
        if (response.StatusCode != StatusCodes.Status200OK || page.QuerySelector("main[data-paper]") is not { } main
            || main.QuerySelector("." + Letters.Letters.FaultClass) is not null)
        {
            // Not a print, or a letter that could not be written: the page as it is.
            html.Position = 0;
            await html.CopyToAsync(answer, context.HttpContext.RequestAborted);
            return;
        }

        if (PdfFonts.Installed?.Lacks(PdfWords.Seen(main)) is { Count: > 0 } letters)
        {
            await RefuseAsync(response, page, main, letters, context.HttpContext.RequestAborted);
            return;
        }

        var logo = main.QuerySelectorAll("img").Any(PdfPrint.IsLogo)
            ? await context.HttpContext.RequestServices.GetRequiredService<PrintedLogo>().FindAsync(context.HttpContext.RequestAborted) : null;
        await AnswerAsync(response, main, logo, page.DocumentElement.GetAttribute("lang"), context.HttpContext.RequestAborted);
    }

    /// <summary>The page as it is, which the browser prints with letters of its own, and why there is no PDF of it: no name is printed as boxes.</summary>
    private static async Task RefuseAsync(HttpResponse response, IDocument page, IElement main, IReadOnlyList<string> letters, CancellationToken ct)
    {
        var note = page.CreateElement("div");
        note.ClassName = "note warn no-print";
        note.SetAttribute("role", "alert");
        note.SetAttribute("lang", "en");
        note.TextContent = $"There is no PDF of this, because the server's font cannot set these letters: {string.Join(' ', letters)}. Print this page instead.";
        main.Prepend(note);
        response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await response.WriteAsync(page.ToHtml(), ct);
    }

    private static async Task AnswerAsync(HttpResponse response, IElement main, PdfPicture? logo, string? language, CancellationToken ct)
    {
        if (PdfFonts.Installed is not { } fonts)
        {
            (response.StatusCode, response.ContentType) = (StatusCodes.Status503ServiceUnavailable, "text/plain; charset=utf-8");
            await response.WriteAsync(PdfFonts.Missing, ct);
            return;
        }

        var title = main.GetAttribute("data-title") ?? "Print";
        response.ContentType = "application/pdf";
        response.Headers.ContentDisposition = $"inline; filename=\"{FileName(title)}.pdf\"";
        await response.Body.WriteAsync(PdfPrint.Of(main, fonts, logo, title, language), ct);
    }

    /// <summary>What the print is, never whose: the name stays in the list of downloads.</summary>
    private static string FileName(string title)
    {
        var plain = title.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark);
        return string.Join('-', string.Concat(plain.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
