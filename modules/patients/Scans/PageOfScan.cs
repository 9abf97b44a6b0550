using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Patients.Scans;

/// <summary>One page as it would be filed, for the preview; or the document with the pages that are kept, in a tab of its own.</summary>
[Feature(PatientsSettings.Documents)]
public sealed class PageOfScan(PatientsDb db, IFiles files, IPdf pdf, IAccessLog log) : Slice
{
    [HttpGet("/patients/scans/{id:guid}/pages")]
    [Needs(PatientsPermissions.FileScan)]
    public Task<IActionResult> All([PatientOf<Scan>("scan")] Guid id, CancellationToken ct) => ShowAsync(id, null, ct);

    /// <param name="number">Of the file.</param>
    [HttpGet("/patients/scans/{id:guid}/pages/{number:int}")]
    [Needs(PatientsPermissions.FileScan)]
    public Task<IActionResult> One([PatientOf<Scan>("scan")] Guid id, int number, CancellationToken ct) => ShowAsync(id, number, ct);

    private async Task<IActionResult> ShowAsync(Guid id, int? number, CancellationToken ct)
    {
        // What was filed is in its chart, which may ask why it is opened.
        if (await db.Scans.AsNoTracking().Include(s => s.Pages).FirstOrDefaultAsync(s => s.Id == id && s.State != ScanState.Filed, ct) is not { } scan
            || await db.ScanFiles.AsNoTracking().FirstOrDefaultAsync(f => f.Id == scan.ScanFileId, ct) is not { } file
            || (number is not null && scan.Pages.TrueForAll(p => p.Number != number)))
        {
            return NotFound();
        }

        log.Opened(id, "scan");
        try
        {
            var content = await ContentAsync(files, pdf, file, ct);
            var shown = number is null ? content.Make(scan.Kept.Count > 0 ? scan.Kept : [.. scan.InOrder.Select(p => new TurnedPage(p.Number, p.Turn))])
                : content.Show(new(number.Value, scan.Pages.First(p => p.Number == number).Turn));
            return FileAnswer.Of(Response, shown.Bytes, shown.Type);
        }
        catch (FileRefusedException refused)
        {
            return UnprocessableEntity(refused.Message);
        }
    }

    public static async Task<PageFile> ContentAsync(IFiles files, IPdf pdf, ScanFile file, CancellationToken ct)
    {
        await using var stored = await files.OpenAsync(file.FileId, ct);
        using var bytes = new MemoryStream();
        await stored.CopyToAsync(bytes, ct);
        return pdf.Read(bytes.ToArray(), file.Name);
    }
}
