using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Modular.Host.Postgres;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.PatientTables;

/// <summary>Everything of one patient in a zip: a page to read, JSON for a program, the files as they were stored.</summary>
public sealed class PatientExport(IFiles files, IPractice practice, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Columns that help the machine and say nothing to a person.
    private static readonly HashSet<string> Inner = ["version", "find_names", "find_numbers", "sort_name", "during", "room_during", "booking_key", "source_system"];

    private sealed record Row(string Module, string Table, JsonObject Body);

    public async Task WriteAsync(NpgsqlConnection connection, Guid patient, string title, Stream target, CancellationToken ct)
    {
        var rows = await connection.QueryAsync("select schema_name, table_name, body::text from core.patient_record($1)", [patient],
            r => new Row(r.GetString(0), r.GetString(1), JsonNode.Parse(r.GetString(2))!.AsObject()), ct);
        using var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        await WriteTextAsync(zip, "patient.json", Json(patient, rows), ct);
        await WriteTextAsync(zip, "patient.html", Html(title, rows), ct);
        foreach (var id in rows.Where(r => r is { Module: "core", Table: "file_owners" }).Select(r => r.Body["file_id"]!.GetValue<Guid>()).Distinct().ToList())
        {
            if (await files.FindAsync(id, ct) is { } file)
            {
                await using var entry = await zip.CreateEntry($"files/{id.ToString("N")[^8..]}-{file.Name}", CompressionLevel.NoCompression).OpenAsync(ct);
                await using var content = await files.OpenAsync(id, ct);
                await content.CopyToAsync(entry, ct);
            }
        }
    }

    private string Json(Guid patient, IReadOnlyList<Row> rows)
    {
        var modules = new JsonObject();
        foreach (var module in rows.GroupBy(r => r.Module))
        {
            modules[module.Key] = new JsonObject(module.GroupBy(r => r.Table)
                .Select(table => KeyValuePair.Create<string, JsonNode?>(table.Key, new JsonArray([.. table.Select(r => r.Body.DeepClone())]))));
        }

        return new JsonObject { ["practice"] = practice.Name, ["patient"] = patient, ["exportedAt"] = clock.GetUtcNow(), ["modules"] = modules }.ToJsonString(Indented);
    }

    private string Html(string title, IReadOnlyList<Row> rows)
    {
        var page = new StringBuilder($"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{Safe(title)}</title>"
            + "<style>body{font:14px/1.45 system-ui,sans-serif;margin:24px}table{border-collapse:collapse;margin:8px 0 24px}th,td{border:1px solid #bbb;padding:4px 8px;text-align:left;vertical-align:top}h2{margin-top:32px}</style>"
            + $"<h1>{Safe(title)}</h1><p>Everything kept by {Safe(practice.Name)}, {Safe(Said.Instant(clock.GetUtcNow(), practice.Zone, clock.GetUtcNow()))}.</p>");
        foreach (var module in rows.GroupBy(r => r.Module))
        {
            page.Append($"<h2>{Words(module.Key)}</h2>");
            foreach (var table in module.GroupBy(r => r.Table))
            {
                WriteTable(page, table.Key, [.. table.Select(r => r.Body)]);
            }
        }

        return page.Append("</html>").ToString();
    }

    /// <summary>One row reads down, several read across; a column nobody filled is left out.</summary>
    private static void WriteTable(StringBuilder page, string name, IReadOnlyList<JsonObject> rows)
    {
        var columns = rows[0].Select(p => p.Key).Where(c => !Inner.Contains(c) && !c.EndsWith("_id", StringComparison.Ordinal) && c != "id"
            && rows.Any(r => Shown(r[c]).Length > 0)).ToList();
        page.Append($"<h3>{Words(name)}</h3><table>");
        if (rows.Count == 1)
        {
            columns.ForEach(c => page.Append($"<tr><th scope=\"row\">{Words(c)}</th><td>{Safe(Shown(rows[0][c]))}</td></tr>"));
        }
        else
        {
            page.Append("<tr>").AppendJoin("", columns.Select(c => $"<th scope=\"col\">{Words(c)}</th>")).Append("</tr>");
            foreach (var row in rows)
            {
                page.Append("<tr>").AppendJoin("", columns.Select(c => $"<td>{Safe(Shown(row[c]))}</td>")).Append("</tr>");
            }
        }

        page.Append("</table>");
    }

    private static string Shown(JsonNode? value) => value switch
    {
        null => "",
        JsonArray list => string.Join(", ", list.Select(Shown)),
        JsonValue v when v.TryGetValue<bool>(out var yes) => yes ? "yes" : "no",
        JsonValue v when v.TryGetValue<string>(out var text) => text,
        _ => value.ToJsonString(),
    };

    private static string Words(string name) => Safe(char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' '));

    private static string Safe(string text) => HtmlEncoder.Default.Encode(text);

    private static async Task WriteTextAsync(ZipArchive zip, string name, string text, CancellationToken ct)
    {
        await using var entry = await zip.CreateEntry(name).OpenAsync(ct);
        await entry.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
    }
}
