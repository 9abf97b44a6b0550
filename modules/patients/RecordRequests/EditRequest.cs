using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Disclosures;
using Modular.Sdk;

namespace Modular.Patients.RecordRequests;

/// <summary>Takes a request for records, and answers it: what is sent is a disclosure in the same moment.</summary>
public sealed class EditRequest(PatientsDb db, IAccessLog log, IPractice practice) : PatientSlice(db, log, practice)
{
    [HttpGet("/patients/record-requests/{patientId:guid}/add")]
    [HttpGet("/patients/record-requests/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsPermissions.Privacy)]
    public Task<IActionResult> Get([Patient("record request")] Guid patientId, Guid? id, CancellationToken ct) =>
        WithAsync(patientId, patient => Row(patient).ShowAsync(id, ct), ct);

    [HttpPost("/patients/record-requests/{patientId:guid}/add")]
    [HttpPost("/patients/record-requests/{patientId:guid}/{id:guid}/edit")]
    [Needs(PatientsPermissions.Privacy)]
    public Task<IActionResult> Post([Patient("record request")] Guid patientId, Guid? id, RequestForm form, CancellationToken ct) =>
        WithAsync(patientId, patient => Row(patient).SaveAsync(id, form, ct), ct);

    private Edit<RecordRequest, RequestForm> Row(Patient patient) => new(this, Db)
    {
        What = "record request",
        Rows = Db.RecordRequests.Where(r => r.PatientId == patient.Id),
        New = () => new() { PatientId = patient.Id },
        Blank = () => new() { ReceivedOn = Said.ShortDay(Today) },
        Model = (row, form, _) => Task.FromResult<object>(new RowPage<RequestForm>(patient, row?.Id, form)),
        Check = (request, _, _, _) =>
        {
            request.ClosedBy = request.Status == RequestStatus.Open ? null : request.ClosedBy ?? Actor.Name;
            request.Patient = patient.FullName;
            return Task.CompletedTask;
        },
        After = DiscloseAsync,
        Saved = request => Done($"/patients/privacy/{patient.Id}", request.Status == RequestStatus.Open
            ? $"Request of {request.Requester}: due {Said.ShortDay(request.Clock.DueOn)}."
            : $"Request of {request.Requester}: {request.Status.Title().ToLowerInvariant()}."),
    };

    private async Task DiscloseAsync(RecordRequest request, CancellationToken ct)
    {
        if (request.Status == RequestStatus.Sent && !await Db.Disclosures.AnyAsync(d => d.RequestId == request.Id, ct))
        {
            Db.Add(new Disclosure
            {
                PatientId = request.PatientId, RequestId = request.Id, DisclosedOn = request.ClosedOn!.Value,
                Recipient = request.Requester, Address = request.Address,
                What = request.Scope, Purpose = request.Purpose, Note = $"By {RecordRequest.Formats[request.Format].ToLowerInvariant()}",
                ByName = Actor.Name,
            });
            await Db.SaveChangesAsync(ct);
        }
    }
}
