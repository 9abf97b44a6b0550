using System.Text;
using Microsoft.AspNetCore.Mvc;
using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Sdk;

namespace Modular.Host.Imports;

/// <summary>The refused rows with the columns of the file and one more that says what is wrong: correct it and load it again.</summary>
public sealed class RefusedRows(Work work, ImportKinds kinds) : Slice
{
    private const string ErrorHeading = "error";

    [HttpGet("/admin/imports/{id:guid}/refused")]
    [Needs("core.import.run")]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct)
    {
        var connection = await work.OpenAsync(ct);
        if (await Import.FindAsync(connection, id, false, ct) is not { } import || kinds.Find(import.Kind) is null)
        {
            return NotFound();
        }

        // A corrected file has the column already; the newest answer takes its place.
        var kept = import.Headings.Select((heading, i) => (heading, i)).Where(h => h.heading != ErrorHeading).Select(h => h.i).ToArray();
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = new Microsoft.Net.Http.Headers.ContentDispositionHeaderValue("attachment") { FileNameStar = $"refused {import.FileName}" }.ToString();
        await Response.Body.WriteAsync(Csv.ByteOrderMark, ct);
        await WriteAsync(kept.Select(i => import.Headings[i]).Append(ErrorHeading), ct);
        await using var command = connection.Command("select columns, errors from core.import_rows where import_id = $1 and outcome = 'refused' order by number", id);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var columns = reader.GetFieldValue<string[]>(0);
            var surplus = columns.Skip(import.Headings.Length);
            await WriteAsync(kept.Select(i => i < columns.Length ? columns[i] : "").Concat(surplus).Append(reader.TextOrNull(1)), ct);
        }

        return new EmptyResult();
    }

    private async Task WriteAsync(IEnumerable<string?> cells, CancellationToken ct) =>
        await Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Csv.Line(cells)), ct);
}
