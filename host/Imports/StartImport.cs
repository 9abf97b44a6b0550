using Microsoft.AspNetCore.Mvc;
using Modular.Host.Data;
using Modular.Sdk;

namespace Modular.Host.Imports;

/// <summary>Takes the file in and goes on to its columns.</summary>
public sealed class StartImport(Work work, ImportKinds kinds, ImportUpload upload) : Slice
{
    /// <summary>200,000 rows of a wide export.</summary>
    private const long LargestFile = 250L * 1024 * 1024;

    [HttpPost("/admin/imports/start")]
    [Needs("core.import.run")]
    [RequestSizeLimit(LargestFile)]
    [RequestFormLimits(MultipartBodyLengthLimit = LargestFile)]
    public async Task<IActionResult> Post(string kind, IFormFile? file, CancellationToken ct)
    {
        if (kinds.Find(kind) is not { } chosen)
        {
            return NotFound();
        }

        if (file is null)
        {
            Refuse("file", "Choose the file to load.");
            return await AgainAsync(kind, ct);
        }

        try
        {
            await using var content = file.OpenReadStream();
            var id = await upload.StoreAsync(chosen, content, file.FileName, ct);
            return LocalRedirect($"/admin/imports/{id}/columns");
        }
        catch (CsvRefusedException e)
        {
            Refuse("file", e.Message);
            return await AgainAsync(kind, ct);
        }
    }

    private async Task<IActionResult> AgainAsync(string kind, CancellationToken ct)
    {
        var mine = kinds.Mine;
        var recent = await Import.RecentAsync(await work.OpenAsync(ct), [.. mine.Select(k => k.Id)], 0, 50, ct);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Imports", new Imports.Model(mine, recent, kind));
    }
}
