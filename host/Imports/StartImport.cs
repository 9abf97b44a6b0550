using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Host.Imports;

/// <summary>Takes the file in and goes on to its columns.</summary>
public sealed class StartImport(ImportKinds kinds, ImportUpload upload) : Slice
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
            return Again(kind);
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
            return Again(kind);
        }
    }

    private ViewResult Again(string kind)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Imports", new Imports.Model(kinds.Mine, null, kind));
    }
}
