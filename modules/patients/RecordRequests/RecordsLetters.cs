using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Patients.RecordRequests;

/// <summary>What letters that lie on top of copies say: of requests whose records may go out.</summary>
public sealed class RecordsLetters(PatientsDb db, IPractice practice, ChosenLocation chosen, Actor actor, TimeProvider clock) : ILetterSource
{
    public async Task<IReadOnlyList<Guid>> LatestAsync(CancellationToken ct) =>
        await db.RecordRequests.AsNoTracking().OrderByDescending(r => r.ReceivedOn).ThenByDescending(r => r.Id)
            .Select(r => r.Id).Take(20).ToListAsync(ct);

    public async Task<IReadOnlyList<LetterRecord>> FindAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var requests = (await db.RecordRequests.AsNoTracking().Where(r => ids.Contains(r.Id)).ToListAsync(ct)).FindAll(r => r.MayGoOut);
        Guid[] who = [.. requests.Select(r => r.PatientId).Distinct()];
        var patients = await db.Patients.AsNoTracking().Where(p => who.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        return
        [
            .. from request in requests
               let patient = patients.GetValueOrDefault(request.PatientId)
               where patient is not null
               // Others read English unless somebody chooses another.
               select new LetterRecord(request.Id, Values(request, patient))
               {
                   Label = $"{patient.FullName}, {request.Requester}", PatientId = patient.Id, LocationId = chosen.Location?.Id,
                   Language = ToPatient(request) ? patient.Language : null,
               },
        ];
    }

    private static bool ToPatient(RecordRequest request) => request.RequesterKind is "patient" or "representative";

    private Dictionary<string, object?> Values(RecordRequest r, Charts.Patient patient) => new()
    {
        ["today"] = WallTime.Today(clock, practice.Zone),
        ["requester.name"] = r.Requester,
        ["requester.address"] = r.Address,
        ["to_patient"] = ToPatient(r),
        ["patient.name"] = patient.FullName,
        ["patient.born"] = patient.BirthDate,
        ["patient.number"] = patient.RecordNumber,
        ["request.received"] = r.ReceivedOn,
        ["request.scope"] = r.Scope,
        ["request.format"] = r.Format,
        ["request.fee"] = r.Fee,
        ["request.fee_for"] = r.FeeFor,
        ["signer"] = actor.Name,
    };
}
