using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Disclosures;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.RecordRequests;

/// <summary>Takes a request for records, and answers it: what is sent is a disclosure in the same moment.</summary>
public sealed class EditRequest(PatientsDb db, IAccessLog log, IPractice practice) : PatientRowSlice<RecordRequest, RequestForm>(db, log, practice)
{
    protected override string What => "record request";

    protected override string Back(Guid patientId) => $"/patients/privacy/{patientId}";

    protected override RecordRequest New(Guid patientId) => new() { PatientId = patientId };

    protected override RequestForm Blank() => new() { ReceivedOn = Said.ShortDay(Today) };

    protected override async Task PrepareAsync(RecordRequest row, RequestForm form, Reading read, CancellationToken ct)
    {
        row.ClosedBy = row.Status == "open" ? null : row.ClosedBy ?? Actor.Name;
        if (await Db.Patients.FirstOrDefaultAsync(p => p.Id == row.PatientId, ct) is { } patient)
        {
            row.Patient = patient.FullName;
        }
    }

    protected override string Saved(RecordRequest row, Patient patient, bool added) =>
        row.Status == "open" ? $"Request of {row.Requester}: due {Said.ShortDay(row.Clock.DueOn)}." : $"Request of {row.Requester}: {RecordRequest.States[row.Status].ToLowerInvariant()}.";

    protected override async Task AfterAsync(RecordRequest row, Patient patient, CancellationToken ct)
    {
        if (row.Status == "sent" && !await Db.Disclosures.AnyAsync(d => d.RequestId == row.Id, ct))
        {
            Db.Add(new Disclosure
            {
                PatientId = row.PatientId, RequestId = row.Id, DisclosedOn = row.ClosedOn!.Value, Recipient = row.Requester, Address = row.Address,
                What = row.Scope, Purpose = row.Purpose, Note = $"By {RecordRequest.Formats[row.Format].ToLowerInvariant()}", ByName = Actor.Name,
            });
            await Db.SaveChangesAsync(ct);
        }
    }

    [HttpGet("/patients/record-requests/{patientId:guid}/add")]
    [Needs(PatientsModule.Privacy)]
    public Task<IActionResult> Add([Patient("record request")] Guid patientId, CancellationToken ct) => ShowAsync(patientId, null, ct);

    [HttpPost("/patients/record-requests/{patientId:guid}/add")]
    [Needs(PatientsModule.Privacy)]
    public Task<IActionResult> Add([Patient("record request")] Guid patientId, RequestForm form, CancellationToken ct) => SaveAsync(patientId, null, form, ct);

    [HttpGet("/patients/record-requests/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsModule.Privacy)]
    public Task<IActionResult> Edit([Patient("record request")] Guid patientId, Guid id, CancellationToken ct) => ShowAsync(patientId, id, ct);

    [HttpPost("/patients/record-requests/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsModule.Privacy)]
    public Task<IActionResult> Edit([Patient("record request")] Guid patientId, Guid id, RequestForm form, CancellationToken ct) => SaveAsync(patientId, id, form, ct);
}
