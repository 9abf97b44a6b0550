using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Documents;
using Modular.Sdk;

namespace Modular.Patients.RecordRequests;

/// <summary>The documents of the chart that were asked for as one PDF, each page with its number, so that nobody can say that one was missing.</summary>
[Feature(PatientsSettings.Documents)]
[ShowsFiles]
public sealed class RecordsPacket(PatientsDb db, IAccessLog log, IPractice practice, IFiles files, IPdf pdf) : PatientSlice(db, log, practice)
{
    /// <summary>More is not opened by a mail program or printed in one go.</summary>
    private const int MostPages = 1000;

    /// <param name="Chosen">Documents, as they were asked for.</param>
    public sealed record Model(Patient Patient, RecordRequest Request, IReadOnlyList<Document> Documents, IReadOnlyCollection<Guid> Chosen);

    [HttpGet("/patients/record-requests/{patientId:guid}/{id:guid}/packet")]
    [Needs(PatientsPermissions.Privacy)]
    public async Task<IActionResult> Get([Patient("documents to send")] Guid patientId, Guid id, CancellationToken ct) =>
        await FindAsync(patientId, id, [], ct) is { } model ? Page(model) : Gone();

    /// <summary>A print as others: nothing is written, so that its address can be opened again. What was sent is a disclosure when the request says so.</summary>
    /// <param name="document">Which of the chart, in the order of the list.</param>
    [HttpGet("/patients/record-requests/{patientId:guid}/{id:guid}/packet/pdf")]
    [Needs(PatientsPermissions.Privacy)]
    public async Task<IActionResult> Pdf([Patient("documents sent")] Guid patientId, Guid id, Guid[] document, CancellationToken ct)
    {
        if (await FindAsync(patientId, id, document, ct) is not { } model)
        {
            return Gone();
        }

        var chosen = model.Documents.Where(d => document.Contains(d.Id)).ToList();
        if (chosen.Count == 0)
        {
            Refuse("", "Choose the documents that go out.");
            return Invalid(model);
        }

        try
        {
            var joined = pdf.Join("Copies of records", await ReadAsync(chosen, ct), page => new Label().Text(
                $"{model.Patient.RecordNumber} · {Said.ShortDay(Today)} · {page.Number} / {page.Of}", Math.Max(0, page.Width - 75), page.Height - 9, 70, 5, size: 8));
            Response.Headers.ContentDisposition = "inline; filename=\"records.pdf\"";
            return FileAnswer.Of(Response, joined, "application/pdf");
        }
        catch (Exception e) when (e is FileRefusedException or LabelRefusedException)
        {
            Refuse("", e.Message);
            return Invalid(model);
        }
    }

    private async Task<Model?> FindAsync(Guid patientId, Guid id, IReadOnlyCollection<Guid> chosen, CancellationToken ct) =>
        await OpenAsync(patientId, ct) is { } patient
        && await Db.RecordRequests.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id && r.PatientId == patientId, ct) is { MayGoOut: true } request
            ? new(patient, request, await Db.Documents.AsNoTracking().Where(d => d.PatientId == patientId).OrderBy(d => d.Dated).ThenBy(d => d.Id).ToListAsync(ct), chosen)
            : null;

    /// <exception cref="FileRefusedException">One cannot be shown as pages, or they are too many.</exception>
    private async Task<IReadOnlyList<PageFile>> ReadAsync(IReadOnlyList<Document> documents, CancellationToken ct)
    {
        var read = new List<PageFile>();
        foreach (var document in documents)
        {
            await using var stored = await files.OpenAsync(document.FileId, ct);
            using var bytes = new MemoryStream();
            await stored.CopyToAsync(bytes, ct);
            read.Add(pdf.Read(bytes.ToArray(), document.Title));
            if (read.Sum(file => file.Pages) > MostPages)
            {
                throw new FileRefusedException($"These documents have more than {MostPages} pages. Send them in parts.");
            }
        }

        return read;
    }
}
