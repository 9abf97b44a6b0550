using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Patients.PhoneMessages;

/// <summary>The shared inbox of messages by team, the soonest due first.</summary>
public sealed class PhoneMessageInbox(PatientsDb db, IAccessLog log, ChosenLocation chosen, IPractice practice) : Slice
{
    public sealed record Model(ListPage<PhoneMessage> Page, string Team, string Show, DateTimeOffset Now, string Zone, Guid? Me);

    [HttpGet("/patients/phone-messages")]
    [Needs(PatientsPermissions.AnswerPhoneMessage)]
    public async Task<IActionResult> Get(ListQuery query, string? team, string? show, CancellationToken ct)
    {
        // Somebody of one team sees theirs first; the others are a choice away.
        var mine = Actor.Roles.FirstOrDefault(PhoneMessage.Teams.ContainsKey);
        var of = team ?? mine ?? "all";
        var now = Clock.GetUtcNow();
        var (text, me, here) = (query.Text, Actor.PersonId, chosen.Location?.Id);
        var state = States.Find<PhoneMessageState>(show) ?? PhoneMessageState.Open;
        // The count in the rail is of the place in the top bar, and so is its list.
        var messages = db.PhoneMessages.AsNoTracking().Where(s => here == null || s.LocationId == here)
            .Where(s => of == "all" || s.ToRole == of || s.OwnerId == me)
            .Where(s => s.State == state)
            .Where(s => show != "overdue" || s.AnswerBy < now)
            .Where(s => show != "mine" || s.OwnerId == me)
            .Where(s => text == null || PatientsDb.Plain(s.Caller + " " + (s.Patient ?? "")).Contains(PatientsDb.Plain(text)));
        var ordered = state == PhoneMessageState.Closed ? messages.OrderByDescending(s => s.ClosedAt).ThenBy(s => s.Id) : messages.OrderBy(s => s.AnswerBy).ThenBy(s => s.Id);
        var page = await ordered.PageAsync(query, ct);
        Guid[] about = [.. page.Rows.Select(s => s.PatientId).OfType<Guid>().Distinct()];
        if (about.Length > 0)
        {
            log.Listed(about, "messages");
        }

        return Page(new Model(page, of, show ?? "", now, chosen.Location?.Zone ?? practice.Zone, me));
    }
}
