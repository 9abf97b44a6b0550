using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Timelines;

/// <summary>What happened with a patient, the newest first; other modules put theirs beside it.</summary>
public sealed class Timeline(PatientsDb db, IAccessLog log, IPractice practice) : PatientSlice(db, log, practice)
{
    public sealed record Moment(DateOnly Day, string What, string Icon, string Kind, string? Link = null);

    public sealed record Model(Patient Patient, DateOnly Today, IReadOnlyList<Moment> Moments);

    [HttpGet("/patients/timelines/{patientId:guid}")]
    [Needs(PatientsPermissions.Read)]
    public async Task<IActionResult> Get([Patient("timeline")] Guid patientId, CancellationToken ct)
    {
        if (await OpenAsync(patientId, ct) is not { } patient)
        {
            return Gone();
        }

        var moments = new List<Moment> { new(DateOnly.FromDateTime(WallTime.At(patient.RegisteredAt, Zone).DateTime), $"Registered, number {patient.RecordNumber}", "user-plus", "ok") };
        if (patient.DeceasedOn is { } died)
        {
            moments.Add(new(died, "Died", "info", ""));
        }

        moments.AddRange(await CoverageAsync(patientId, ct));
        moments.AddRange(await PapersAsync(patientId, ct));
        moments.AddRange(await PeopleAsync(patientId, ct));
        return Page(new Model(patient, Today, [.. moments.Where(m => m.Day <= Today).OrderByDescending(m => m.Day).Take(300)]));
    }

    private async Task<IEnumerable<Moment>> CoverageAsync(Guid id, CancellationToken ct)
    {
        var coverages = await Db.Coverages.AsNoTracking().Include(c => c.Payer).Where(c => c.PatientId == id).ToListAsync(ct);
        var cases = await Db.Cases.AsNoTracking().Where(c => c.PatientId == id).ToListAsync(ct);
        var chart = $"/patients/charts/{id}#coverage";
        return coverages.Select(c => new Moment(c.EffectiveFrom, $"{c.Payer!.Name} began as {Coverages.Ranks.Name(c.Rank).ToLowerInvariant()}", "card", "info", chart))
            .Concat(coverages.Where(c => c.EffectiveTo is not null).Select(c => new Moment(c.EffectiveTo!.Value, $"{c.Payer!.Name} ended", "card", "", chart)))
            .Concat(cases.Select(c => new Moment(c.OpenedOn, $"Case opened: {c.Title}", "flag", "warn", chart)))
            .Concat(cases.Where(c => c.ClosedOn is not null).Select(c => new Moment(c.ClosedOn!.Value, $"Case closed: {c.Title}", "flag", "", chart)));
    }

    private async Task<IEnumerable<Moment>> PapersAsync(Guid id, CancellationToken ct)
    {
        var privacy = $"/patients/privacy/{id}";
        var documents = await Db.Documents.AsNoTracking().Where(d => d.PatientId == id).OrderByDescending(d => d.Dated).Take(200).ToListAsync(ct);
        var agreements = await Db.Agreements.AsNoTracking().Include(a => a.Form).Where(a => a.PatientId == id).ToListAsync(ct);
        var disclosures = await Db.Disclosures.AsNoTracking().Where(d => d.PatientId == id).ToListAsync(ct);
        var requests = await Db.RecordRequests.AsNoTracking().Where(r => r.PatientId == id).ToListAsync(ct);
        return documents.Select(d => new Moment(d.Dated, $"Document: {d.Title}", "file", "info", $"/patients/documents/{id}/{d.Id}/edit"))
            .Concat(agreements.Select(a => new Moment(a.SignedOn, $"{Agreements.Agreement.Outcomes[a.Outcome]}: {a.Form!.Title}, {a.Form.Edition}", "edit", a.Outcome == "signed" ? "ok" : "warn", privacy)))
            .Concat(disclosures.Select(d => new Moment(d.DisclosedOn, $"Disclosed to {d.Recipient}: {d.What}", "external", "warn", privacy)))
            .Concat(requests.Select(r => new Moment(r.ReceivedOn, $"{r.Requester} asked for records", "inbox", "info", privacy)));
    }

    private async Task<IEnumerable<Moment>> PeopleAsync(Guid id, CancellationToken ct)
    {
        var zone = Zone;
        var contacts = await Db.Contacts.AsNoTracking().Where(c => c.PatientId == id && c.ToDate != null).ToListAsync(ct);
        var messages = await Db.PhoneMessages.AsNoTracking().Where(s => s.PatientId == id).OrderByDescending(s => s.TakenAt).Take(100).ToListAsync(ct);
        return contacts.Select(c => new Moment(c.ToDate!.Value, $"{c.Name} no longer {(c.Guarantor ? "guarantor" : "contact")}{(c.EndedBecause is null ? "" : $": {c.EndedBecause}")}", "users", "", $"/patients/charts/{id}#people"))
            .Concat(messages.Select(s => new Moment(DateOnly.FromDateTime(WallTime.At(s.TakenAt, zone).DateTime), $"Message of {s.Caller}: {(s.Reason.Length > 80 ? s.Reason[..80] + "…" : s.Reason)}", "message", s.ClosedAt is null ? "warn" : "ok", $"/patients/phone-messages/{s.Id}")));
    }
}
