using System.Text;
using Microsoft.AspNetCore.Mvc;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Sdk;

namespace Modular.Host.Audit;

/// <summary>The privacy officer's page. Looking at the log is itself in the log.</summary>
public sealed class Audit(AuditLog log, AuditTrail trail, DataScope data, Work work) : Slice
{
    public sealed record Model(
        AuditQuestion Question,
        ListPage<AuditEntry> Page,
        IReadOnlyDictionary<Guid, string> Patients,
        IReadOnlyList<(Guid Id, string Name)> People)
    {
        public string Name(Guid patient) => Patients.GetValueOrDefault(patient) ?? $"patient {patient.ToString()[^6..]}";

        public string Heading => Question switch
        {
            { Patient: { } patient } => $"Who saw and changed {Name(patient)}",
            { Person: { } person } => $"What {People.FirstOrDefault(p => p.Id == person).Name ?? "this person"} saw and changed",
            { Row: not null } => "What happened to this record",
            _ => "Access log",
        };
    }

    /// <summary>More than anybody prints; the file is written as it is read, for it may have millions of lines.</summary>
    private const int MostPrinted = 1000;

    internal static readonly ListDefinition<AuditEntry> List = new("core.audit", "Entries")
    {
        Also = ["patient", "person", "row", "log", "from", "to"],
        Columns =
        [
            new("when", "When", e => e.At) { Class = "nowrap num" },
            new("who", "Who", e => e.Through is null ? e.Person : $"{e.Person}, through {e.Through}") { Main = true },
            new("what", "What", e =>
                $"{(e.Log == AuditTrail.Access ? "saw" : "changed")} {e.What}{(e.Table is null ? "" : $": {e.Table.Replace('_', ' ')}")}"),
            new("patient", "Patient", e => Said.Many(e.Patients.Length, "patient")),
            new("where", "Where", e => string.Join(" › ", (e.Place ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part =>
                !part.StartsWith('{')))) { Optional = 1, Class = "muted" },
            new("values", "Values", e => e.Values is null ? "" : Said.Many(e.Values.Count, "value")) { Optional = 1 },
        ],
    };

    [HttpGet("/admin/audit")]
    [Needs("core.audit.read")]
    [Export]
    public async Task<IActionResult> Get(AuditQuestion question, ListQuery query, CancellationToken ct)
    {
        var asked = Asked(List, query);
        if (asked is { Format: ListFormat.Csv, Refusal: null })
        {
            return LocalRedirect("/admin/audit/export" + Request.QueryString);
        }

        return await ListAsync(asked, () => log.PageAsync(question, query, ct), () => PrintedAsync(question, ct), async page =>
        {
            var names = await log.PatientNamesAsync(page.Rows, question.Patient, ct);
            Note("access log", question, Seen(page.Rows, names.Keys));
            return new Model(question, page, names, await log.PeopleAsync(ct));
        });
    }

    private async Task<IReadOnlyList<AuditEntry>> PrintedAsync(AuditQuestion question, CancellationToken ct)
    {
        var rows = await log.ReadAsync(question, 0, MostPrinted, ct);
        Note("access log, printed", question, Seen(rows, []));
        return rows;
    }

    /// <summary>A patient without a name here, because their module is off or they are gone, is seen by their values all the same.</summary>
    private Guid[] Seen(IEnumerable<AuditEntry> rows, IEnumerable<Guid> named) =>
        [.. named.Union(rows.Where(r => r.Values is not null).SelectMany(r => r.Patients)).Except(data.ShutPatients)];

    [HttpGet("/admin/audit/export")]
    [Needs("core.audit.read")]
    [StepUp]
    public async Task<IActionResult> Export(AuditQuestion question, CancellationToken ct)
    {
        Note("access log, exported", question, await log.PatientsWithValuesAsync(question, ct));
        // Written down before a line of it leaves.
        await work.FlushAsync(ct);
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = "attachment; filename=\"access-log.csv\"";
        await Response.Body.WriteAsync(Csv.ByteOrderMark, ct);
        await WriteAsync(["at", "log", "person", "through", "module", "page", "what", "patients", "table", "row", "reason", "values", "number"], ct);
        await foreach (var e in log.AllAsync(question, ct))
        {
            await WriteAsync(
            [
                e.At.ToString("O"), e.Log, e.Person, e.Through, e.Module, e.Place, e.What, string.Join(' ', e.Patients), e.Table, e.RowId?.ToString(), e.Reason,
                e.Values is null ? null : string.Join("; ", e.Values.Select(v => $"{v.Key}: {v.Value[0]} → {v.Value[1]}")), e.Seq?.ToString(),
            ], ct);
        }

        return new EmptyResult();
    }

    private void Note(string what, AuditQuestion question, Guid[] shown) => trail.Add(work,
        new(AuditTrail.Access, LoadedModule.CoreId, what, RowId: question.Row ?? question.Person, Patients: question.Patient is { } patient ? [patient, .. shown] : shown));

    private async Task WriteAsync(string?[] cells, CancellationToken ct) =>
        await Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Csv.Line(cells)), ct);
}
