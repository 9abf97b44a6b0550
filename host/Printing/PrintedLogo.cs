using Modular.Host.Data;
using Modular.Host.Files;
using Modular.Host.Postgres;
using Modular.Sdk;

namespace Modular.Host.Printing;

/// <summary>The practice's logo for its letters on paper.</summary>
public sealed class PrintedLogo(Work work, IFiles files, Pictures pictures)
{
    /// <summary>Null when the practice has none, or one that cannot be drawn: a letter goes out without it.</summary>
    public async Task<PdfPicture?> FindAsync(CancellationToken ct)
    {
        var connection = await work.OpenAsync(ct);
        var id = (await connection.QueryAsync("select logo_id from core.profile", [], r => r.GuidOrNull(0), ct)).FirstOrDefault();
        if (id is null || await files.FindAsync(id.Value, ct) is not { } file)
        {
            return null;
        }

        try
        {
            await using var content = await files.OpenAsync(file.Id, ct);
            return await PdfPicture.ReadAsync(pictures, content, file.Name, ct);
        }
        catch (FileRefusedException)
        {
            return null;
        }
    }
}
