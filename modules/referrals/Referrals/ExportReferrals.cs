using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>The list as it is filtered on the page, as a spreadsheet. Restricted patients are left out: a file cannot ask for a reason.</summary>
public sealed class ExportReferrals(ReferralsDb db, ChosenLocation chosen, IAccessLog log) : Slice
{
    [HttpGet("/referrals/referrals/export")]
    [Needs(ReferralsPermissions.Export)]
    [StepUp]
    public async Task<IActionResult> Get(ListQuery query, ReferralFilter filter, CancellationToken ct)
    {
        var rows = await ReferralList.Sorts.Apply(
            ReferralList.Rows(db, query, filter, chosen.Location?.Id, Actor.PersonId).Where(r => !db.Patients.Any(p => p.Id == r.PatientId && p.Restricted)),
            query.Sort, ReferralList.Order).ToListAsync(ct);
        if (rows.Count > 0)
        {
            log.Listed([.. rows.Select(r => r.PatientId).Distinct()], "referrals as CSV");
        }

        return Csv.File("referrals", rows,
            ("Patient", r => r.PatientName), ("Specialist", r => r.SpecialistName), ("Specialty", r => r.Specialty), ("What is asked", r => r.Reason),
            ("Urgency", r => Urgency.All[r.Urgency]), ("Step", r => r.Step.Title()), ("Due", r => r.DueOn), ("Overdue", r => r.Overdue), ("Written", r => r.WrittenOn),
            ("Asked by", r => r.AskedBy), ("Authorization", r => r.AuthorizationNumber), ("Sent", r => r.SentOn), ("Appointment", r => r.AppointmentOn),
            ("Seen", r => r.SeenOn), ("Reply", r => r.ReplyOn), ("Ended", r => r.EndedOn), ("Reason of the end", r => r.EndReason), ("Looked after by", r => r.Owner));
    }
}
