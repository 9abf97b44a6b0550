using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Patients.PhoneMessages;

/// <summary>The shared inbox of messages by team, the soonest due first.</summary>
public sealed class PhoneMessageInbox(PatientsDb db, ChosenLocation chosen) : Slice
{
    internal static readonly ListDefinition<PhoneMessage> List = new("patients.phone-messages", "Messages")
    {
        Id = m => m.Id,
        Queue = PhoneMessageWork.Queue.Lines(),
        Patients = m => m.PatientId is { } id ? [id] : [],
        Search = new("Caller or patient")
        {
            When = text => m => PatientsDb.Plain(m.Caller + " " + (m.Patient ?? ""))
            .Contains(PatientsDb.Plain(text))
        },
        Filters =
        [
            new("team", "For", new Dictionary<string, string> { ["all"] = "All teams" }.Concat(PhoneMessage.Teams).ToDictionary(),
                (v, ask) => v == "all" ? null : m => m.ToRole == v || m.OwnerId == ask.Me)
            {
                // Somebody of one team sees theirs first; the others are a choice away.
                Default = ask => ask.Actor.Roles.FirstOrDefault(PhoneMessage.Teams.ContainsKey) ?? "all",
            },
            new("show", "Which messages", new Dictionary<string, string> { [""] = "Open", ["overdue"] = "Overdue", ["done"] = "Closed" },
                (v, ask) => v switch
            {
                "done" => m => m.ClosedAt != null,
                "overdue" => m => m.ClosedAt == null && m.AnswerBy < ask.Now,
                _ => m => m.ClosedAt == null,
            }),
        ],
        Columns =
        [
            new("answer-by", "Answer by", m => m.AnswerBy) { Sort = m => m.AnswerBy, Class = "nowrap full" },
            new("caller", "Caller", m => m.Caller) { Sort = m => m.Caller, Main = true, Href = m => $"/patients/phone-messages/{m.Id}",
                Drawer = true },
            new("patient", "Patient", m => m.Patient) { Sort = m => m.Patient, Href = m => m.PatientId is { } id ? $"/patients/charts/{id}" : null },
            new("message", "Message", m => m.Reason) { Class = "clip full" },
            new("call-back", "Call back", m => TypedPhone.Show(m.Phone)) { Class = "num nowrap" },
            new("team", "For", m => PhoneMessage.Teams[m.ToRole]) { Optional = 1 },
            new("closed", "Closed", m => m.ClosedAt) { Sort = m => m.ClosedAt, FileOnly = true },
        ],
    };

    [HttpGet("/patients/phone-messages")]
    [Needs(PatientsPermissions.AnswerPhoneMessage)]
    [Export(PatientsPermissions.Export)]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        // The count in the rail is of the place in the top bar, and so is its list.
        var (here, file) = (chosen.Location?.Id, AsFile);
        var messages = db.PhoneMessages.AsNoTracking().Where(m => here == null || m.LocationId == here)
            .Where(m => !file || !db.Patients.Any(p => p.Id == m.PatientId && p.Restricted));
        var asked = Asked(List, query);
        var ordered = asked["show"] == "done" ? messages.OrderByDescending(m => m.ClosedAt).ThenBy(m => m.Id) : messages.OrderBy(m => m.AnswerBy)
            .ThenBy(m => m.Id);
        return ListAsync(List, ordered, query, ct);
    }
}
