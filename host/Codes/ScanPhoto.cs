using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Host.Codes;

/// <summary>For whoever has a phone and no scanner: a photo of a code, and what it says is looked up. The photo is not kept.</summary>
public sealed class ScanPhoto(ICodes codes) : Slice
{
    private const string Everybody = "Everybody may search; each result asks for its own permission.";

    public sealed record Model(IFormFile? Photo = null);

    [HttpGet("/codes/scan-photo")]
    [OpenTo(Audience.SignedIn, Everybody)]
    public IActionResult Get() => Page(new Model());

    [HttpPost("/codes/scan-photo")]
    [OpenTo(Audience.SignedIn, Everybody)]
    public async Task<IActionResult> Post(IFormFile? photo, CancellationToken ct)
    {
        if (photo is not { Length: > 0 })
        {
            Refuse("Photo", "Take a photo of the code, or choose one.");
            return Invalid(new Model());
        }

        try
        {
            await using var content = photo.OpenReadStream();
            var code = await codes.ReadAsync(content, photo.FileName, ct);
            return LocalRedirect($"/search?scanned=true&q={Uri.EscapeDataString(code)}");
        }
        catch (FileRefusedException refused)
        {
            Refuse("Photo", refused.Message);
            return Invalid(new Model());
        }
    }
}
