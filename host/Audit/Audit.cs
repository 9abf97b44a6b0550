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

    [HttpGet("/admin/audit")]
    [Needs("core.audit.read")]
    public async Task<IActionResult> Get(AuditQuestion question, ListQuery query, CancellationToken ct)
    {
        var page = await log.PageAsync(question, query, ct);
        var names = await log.PatientNamesAsync(page.Rows, question.Patient, ct);
        // A patient without a name here, because their module is off or they are gone, is seen by their values all the same.
        Note("access log", question, [.. names.Keys.Union(page.Rows.Where(r => r.Values is not null).SelectMany(r => r.Patients)).Except(data.ShutPatients)]);
        return Page(new Model(question, page, names, await log.PeopleAsync(ct)));
    }

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
