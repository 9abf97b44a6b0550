using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Modular.Sdk;
using Npgsql;

namespace Modular.Benchmarks.Floor;

/// <summary>What the machine can do: a reader and strings, no framework above the socket's.</summary>
public static class HandWritten
{
    /// <summary>The floor's day page, byte for byte the same rows.</summary>
    public static async Task DayAsync(HttpContext http, NpgsqlDataSource database)
    {
        var date = DateOnly.Parse(http.Request.Query["date"].ToString(), CultureInfo.InvariantCulture);
        var (from, to) = WallTime.Day(date, FloorApp.Zone);
        await using var command = database.CreateCommand("""
            select id, version, provider_name, patient_name, type_name, kind, status, starts_at from scheduling.visits
            where location_id = $1 and starts_at >= $2 and starts_at < $3 order by provider_name, starts_at
            """);
        command.Parameters.Add(new() { Value = Guid.Parse(http.Request.Query["location"].ToString()) });
        command.Parameters.Add(new() { Value = from });
        command.Parameters.Add(new() { Value = to });
        var html = new StringBuilder(64 * 1024);
        html.Append(CultureInfo.InvariantCulture, $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{date:dddd, MMMM d}</title></head><body>\n<h1>{date:dddd, MMMM d}</h1>\n");
        var provider = "";
        await using (var row = await command.ExecuteReaderAsync())
        {
            while (await row.ReadAsync())
            {
                if (row.GetString(2) != provider)
                {
                    html.Append(provider.Length > 0 ? "</section>\n" : "").Append("<section><h2>").Append(Encoded(provider = row.GetString(2))).Append("</h2>\n");
                }

                Visit(html, row);
            }
        }

        await WriteAsync(http, html.Append("</section>\n</body></html>\n"));
    }

    /// <summary>One row by its key: what any search has to be slower than.</summary>
    public static async Task KeyAsync(HttpContext http, NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("select title, detail, link from core.search where module = 'patients' and kind = 'Patient' and entity_id = $1");
        command.Parameters.Add(new() { Value = Guid.Parse(http.Request.Query["id"].ToString()) });
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        await WriteAsync(http, new StringBuilder().Append("<a href=\"").Append(row.GetString(2)).Append("\">").Append(Encoded(row.GetString(0))).Append("</a> ").Append(Encoded(row.GetString(1))));
    }

    private static void Visit(StringBuilder html, NpgsqlDataReader row)
    {
        var at = $"/scheduling/appointments/{row.GetGuid(0)}";
        html.Append("<div class=\"slot c-").Append(row.GetString(5)).Append("\"><time>").Append(FloorApp.Time(row.GetFieldValue<DateTimeOffset>(7)))
            .Append("</time><span class=\"tag\">").Append(row.GetString(6)).Append("</span><a href=\"").Append(at).Append("\">").Append(Encoded(row.GetString(3)))
            .Append("</a><span>").Append(Encoded(row.GetString(4))).Append("</span><button formaction=\"").Append(at).Append("/arrive\" name=\"version\" value=\"")
            .Append(row.GetInt32(1)).Append("\">Arrive</button></div>\n");
    }

    private static string Encoded(string text) => HtmlEncoder.Default.Encode(text);

    private static async Task WriteAsync(HttpContext http, StringBuilder html)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        var bytes = ArrayPool<byte>.Shared.Rent(html.Length * 2);
        try
        {
            var length = Encoding.UTF8.GetBytes(html.ToString(), bytes);
            http.Response.ContentLength = length;
            await http.Response.Body.WriteAsync(bytes.AsMemory(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
