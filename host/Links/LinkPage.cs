using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Modular.Host.Codes;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Links;

/// <summary>One link: what became of it, and, the one time after it was made, the link itself to be copied or printed.</summary>
public sealed class LinkPage(LinkDesk desk, ScopeContext scope, ILabels labels) : Slice
{
    private const string Reason = "Each kind of link asks for its own permission.";

    /// <param name="Address">The link; null but right after it was made.</param>
    public sealed record Model(LinkRow Link, LinkKind Kind, LinkState State, int Opened, DateTimeOffset? Last, string? Token, string? Address)
    {
        public CodeSymbol? Code => Address is null ? null : CodeSymbol.Of(CodeKind.Qr, Address);
    }

    [HttpGet("/links/{id:guid}")]
    [OpenTo(Audience.SignedIn, Reason)]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct)
    {
        if (await desk.OpenAsync(id, ct) is not var (link, kind))
        {
            return NotFound();
        }

        var opened = (await desk.OpenedAsync([link], ct)).GetValueOrDefault(id);
        var token = TempData[PublicLinkPages.Key] is string kept && kept.StartsWith($"{id:N}", StringComparison.Ordinal) ? kept[32..] : null;
        return Page(new Model(
            link, kind, link.StateAt(Clock.GetUtcNow()), opened.Count, opened.Count > 0 ? opened.Last : null,
                token, token is null ? null : Address(kind, token)));
    }

    /// <summary>A sheet for whoever gets it, in their language. The link comes from the page that shows it: nobody else has it.</summary>
    [HttpPost("/links/{id:guid}/print")]
    [OpenTo(Audience.SignedIn, Reason)]
    public async Task<IActionResult> Print(Guid id, string? token, CancellationToken ct)
    {
        if (await desk.OpenAsync(id, ct) is not var (link, kind) || (await desk.FindAsync(token, ct))?.Id != id)
        {
            return NotFound();
        }

        var texts = PatientTexts.Of(typeof(LinkPage).Assembly, link.Language);
        var address = Address(kind, token!);
        var until = texts.Day(DateOnly.FromDateTime(WallTime.At(link.ExpiresAt, scope.Practice.Zone).DateTime));
        var sheet = new Label()
            .Text(scope.Practice.Name, 0, 0, Width, 8, 14, bold: true)
            .Text(texts.Say("SheetFor", link.Recipient), 0, 14, Width, 8, 12)
            .Text(texts["SheetScan"], 0, 26, Width, 14, 12)
            .Code(CodeKind.Qr, address, 0, 44, 60, 60)
            .Text(address, 0, 112, Width, 14, 11)
            .Text(texts.Say("SheetOnce", until) + (link.BirthDigest is null ? "" : " " + texts["SheetBirth"]), 0, 130, Width, 24, 11);
        try
        {
            return File(labels.Pdf(texts["SheetTitle"], Paper, [sheet]), "application/pdf");
        }
        catch (LabelRefusedException refused)
        {
            return Done($"/links/{id}", refused.Message);
        }
    }

    private const double Width = 175.9;

    private static readonly LabelSheet Paper = new("letter-page", "Letter", 215.9, 279.4, Width, 239.4, 1, 1, 20, 20, Width, 239.4);

    private string Address(LinkKind kind, string token) => $"{LinkAddress.Of(scope.Practice, Request)}{kind.Path}/{token}";

    /// <summary>The black squares as one path.</summary>
    public static string Squares(CodeSymbol code) => code.Runs().Aggregate(
        new StringBuilder(),
            (path, r) => path.Append(CultureInfo.InvariantCulture, $"M{r.Left + code.Quiet} {r.Top + code.Quiet}h{r.Length}v1h-{r.Length}z")).ToString();
}
