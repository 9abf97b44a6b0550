using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Core;

/// <summary>The picture in the top bar and on the sign-in page: the one file of a practice that is public.</summary>
public sealed class Logo(CoreDb db, IFiles files) : Slice
{
    [HttpGet("/logo")]
    [OpenTo(Audience.Anyone, "The sign-in page shows the practice's logo; only the file that the profile names is served.")]
    public async Task<IActionResult> Get(CancellationToken ct)
    {
        var id = await db.Profile.Select(p => p.LogoId).SingleOrDefaultAsync(ct);
        if (id is null || await files.FindAsync(id.Value, ct) is not { } file)
        {
            return NotFound();
        }

        Response.Headers.CacheControl = "private, max-age=300";
        return File(await files.OpenAsync(file.Id, ct), file.Type);
    }
}
