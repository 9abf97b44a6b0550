using System.Net;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Disclosures;
using Modular.Patients.RecordRequests;
using Modular.Patients.PhoneMessages;
using Modular.Sdk;
using Modular.Tests.Harness;
using Npgsql;

namespace Modular.Tests.Patients;

/// <summary>Messages of callers, requests for records, and what left the practice.</summary>
public sealed class PhoneMessageTests(SharedHost shared)
{
    private static readonly DateOnly Born = new(1948, 1, 5), Day = new(2026, 6, 1);

    private static async Task<HttpResponseMessage> SubmitAsync(TestClient desk, string address, params (string, string)[] typed) =>
        await desk.SubmitAsync(await desk.PageAsync(address), $"form[action='{address.Split('?')[0]}']", typed);

    /// <summary>A practice from before, when they were called slips: its open tasks lead somewhere and nobody loses what they may.</summary>
    [Fact]
    public async Task What_was_kept_of_slips_leads_to_the_messages_after_an_upgrade()
    {
        var upgrade = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "host", "Migrations", "core", "0053_phone_messages.sql"));
        await using var connection = await shared.Host.North.OpenAsync(default);
        await using var never = await connection.BeginTransactionAsync();
        await using var before = new NpgsqlCommand($"""
            insert into core.tasks (id, module, kind, entity_id, title, link, permission, created_at)
                values ('01980000-0000-7000-8000-00000051195a', 'patients', 'message', '01980000-0000-7000-8000-00000051195a', 'Answer Ana',
                    '/patients/slips/01980000-0000-7000-8000-00000051195a', 'patients.slip.answer', now());
            insert into core.roles (id, name) values ('01980000-0000-7000-8000-00000051195a', 'Of before');
            insert into core.role_grants (id, role_id, permission, granted)
                values (gen_random_uuid(), '01980000-0000-7000-8000-00000051195a', 'patients.slip.write', true);
            insert into core.programs (id, name, scopes, requests_per_minute, created_at, created_by)
                values ('01980000-0000-7000-8000-00000051195a', 'Of before', '{"{patients.patient.read,patients.slip.answer}"}', 60, now(), 'x');
            {upgrade}
            """, connection, never);
        await before.ExecuteNonQueryAsync();

        await using var after = new NpgsqlCommand("""
            select t.link || ' ' || t.permission || ' ' || g.permission || ' ' || array_to_string(p.scopes, ',')
            from core.tasks t join core.roles r on r.id = t.id join core.role_grants g on g.role_id = r.id join core.programs p on p.id = t.id
            where t.id = '01980000-0000-7000-8000-00000051195a'
            """, connection, never);
        Assert.Equal(
            "/patients/phone-messages/01980000-0000-7000-8000-00000051195a patients.phone-message.answer patients.phone-message.write patients.patient.read,patients.phone-message.answer",
            await after.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_message_waits_in_its_teams_inbox_until_somebody_takes_answers_and_closes_it()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born, p => p.MobilePhone = "5550102233");
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        using var nurse = await shared.Host.SignInAsync(shared.Host.North, Roles.Nurse);
        var (write, caller) = ($"/patients/phone-messages/write?patient={patient.Id}", $"Ana {PatientRows.Tag()}");

        Assert.Equal(HttpStatusCode.Redirect, (await SubmitAsync(desk, write, ("Caller", caller), ("Reason", "Refill"), ("ToRole", "nurse"), ("Urgency", "now"))).StatusCode);
        var message = await rows.Db.PhoneMessages.AsNoTracking().SingleAsync(s => s.Caller == caller);
        Assert.Equal((patient.Id, "5550102233", TimeSpan.FromHours(1)), (message.PatientId, message.Phone, message.AnswerBy - message.TakenAt));
        Assert.Contains(caller, (await nurse.PageAsync("/patients/phone-messages")).QuerySelector("table")!.TextContent);

        var address = $"/patients/phone-messages/{message.Id}";
        await nurse.SubmitAsync(await nurse.PageAsync(address), "form[action='/queues/patients.message/take']");
        var silent = await SubmitAsync(nurse, address, ("does", "close"));
        Assert.Contains("how it was answered", await silent.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await SubmitAsync(nurse, address, ("does", "close"), ("Text", "Refilled"))).StatusCode);

        var closed = await rows.Db.PhoneMessages.AsNoTracking().SingleAsync(s => s.Id == message.Id);
        Assert.NotNull(closed.ClosedAt);
        Assert.Equal(["Took it.", "Refilled"], await rows.Db.Set<StepLine<PhoneMessage>>().Where(n => n.RowId == message.Id).OrderBy(n => n.RowVersion).Select(n => n.Said).ToListAsync());
        Assert.Contains(caller, (await desk.PageAsync($"/patients/timelines/{patient.Id}")).QuerySelector(".timeline")!.TextContent);
    }

    [Fact]
    public async Task Of_two_people_who_answer_a_message_the_later_is_told_and_keeps_what_was_typed()
    {
        await using var rows = new PatientRows(shared.Host);
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        var caller = $"Ana {PatientRows.Tag()}";
        await SubmitAsync(desk, "/patients/phone-messages/write", ("Caller", caller), ("Reason", "Refill"));
        var address = $"/patients/phone-messages/{await rows.Db.PhoneMessages.Where(s => s.Caller == caller).Select(s => s.Id).SingleAsync()}";
        var (first, second) = (await desk.PageAsync(address), await desk.PageAsync(address));

        await desk.SubmitAsync(first, $"form[action='{address}']", ("does", "note"), ("Text", "Called back"));
        var late = await desk.SubmitAsync(second, $"form[action='{address}']", ("does", "close"), ("Text", "Called her too"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        var page = await TestClient.ParseAsync(await late.Content.ReadAsStringAsync());
        Assert.Contains("meanwhile", page.QuerySelector(".errors")!.TextContent);
        Assert.Equal("Called her too", page.QuerySelector("textarea")!.TextContent.Trim());
        Assert.Contains("Called back", page.Body!.TextContent);
    }

    [Theory]
    [InlineData("now", "2026-06-05T14:00Z", "2026-06-05T15:00Z")]
    [InlineData("today", "2026-06-05T14:00Z", "2026-06-05T21:00Z")] // five in the afternoon in New York
    [InlineData("today", "2026-06-05T20:30Z", "2026-06-05T22:30Z")] // near the end of the day: two hours
    [InlineData("routine", "2026-06-05T14:00Z", "2026-06-08T21:00Z")] // a Friday: Monday
    [InlineData("routine", "2026-07-02T14:00Z", "2026-07-06T21:00Z")] // Independence Day is observed on the Friday
    public void A_message_is_due_by_its_urgency_in_the_places_own_time(string urgency, string taken, string due) =>
        Assert.Equal(DateTimeOffset.Parse(due), PhoneMessage.Due(urgency, DateTimeOffset.Parse(taken), "America/New_York", BusinessDays.Federal));

    [Fact(DisplayName = "45 CFR 164.524: records are due in 30 days, nothing is sent before the right to ask was checked, and what is sent is a disclosure")]
    public async Task A_record_request_is_answered_and_written_down()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        var add = $"/patients/record-requests/{patient.Id}/add";
        Assert.Contains("only copying labor", await (await SubmitAsync(desk, add, ("Form.Requester", "Obi Law"), ("Form.Scope", "2025"), ("Form.Fee", "20"))).Content.ReadAsStringAsync());
        await SubmitAsync(desk, add, ("Form.Requester", "Obi Law"), ("Form.RequesterKind", "attorney"), ("Form.Scope", "Visits of 2025"), ("Form.ReceivedOn", "6/1/2026"));
        var request = await rows.Db.RecordRequests.AsNoTracking().SingleAsync(r => r.PatientId == patient.Id);
        Assert.Equal(new DateOnly(2026, 7, 1), request.Clock.DueOn);
        var edit = $"/patients/record-requests/{patient.Id}/{request.Id}/edit";

        Assert.Contains("right to ask before", await (await SubmitAsync(desk, edit, ("Form.Status", "sent"))).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await SubmitAsync(desk, edit, ("Form.Authority", "subpoena"), ("Form.Status", "sent"))).StatusCode);

        var written = await rows.Db.Disclosures.AsNoTracking().SingleAsync(d => d.PatientId == patient.Id);
        Assert.Equal(("Obi Law", "Visits of 2025", "court", request.Id), (written.Recipient, written.What, written.Purpose, written.RequestId));
        Assert.Contains("Obi Law", (await desk.PageAsync($"/patients/privacy/{patient.Id}")).QuerySelector("#disclosures")!.TextContent);
    }

    [Theory(DisplayName = "45 CFR 164.528: the accounting goes six years back and leaves out care, payment, operations, the patient and what the patient authorized")]
    [InlineData("law", 0, true)]
    [InlineData("mistake", 2190, true)]
    [InlineData("law", 2192, false)]
    [InlineData("care", 0, false)]
    [InlineData("payment", 0, false)]
    [InlineData("operations", 0, false)]
    [InlineData("authorization", 0, false)]
    [InlineData("patient", 0, false)]
    public void The_accounting_goes_six_years_back(string purpose, int daysAgo, bool told) =>
        Assert.Equal(told, new Disclosure { Purpose = purpose, DisclosedOn = Day.AddDays(-daysAgo) }.IsAccountedOn(Day));

    [Fact]
    public async Task A_family_member_takes_over_address_and_coverage_as_a_dependent()
    {
        await using var rows = new PatientRows(shared.Host);
        var last = PatientRows.Tag();
        var mother = await rows.AddAsync(last, "Ana", new(1985, 1, 5), p => (p.Address, p.City, p.State, p.Zip, p.MobilePhone) = ("18 Alder Ct", "Saugus", "MA", "01906", "5550102233"));
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        await SubmitAsync(desk, $"/patients/coverages/{mother.Id}/add", ("Form.NewPayer", $"Cascade {last}"), ("Form.MemberId", "CHX 204"), ("Form.EffectiveFrom", "1/1/2026"));

        var added = await SubmitAsync(desk, $"/patients/registrations/household/{mother.Id}", ("Form.FirstName", "Mia"), ("Form.BirthDate", "3/1/2020"), ("Form.Sex", "F"));

        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        var child = await rows.Db.Patients.AsNoTracking().SingleAsync(p => p.LastName == last && p.FirstName == "Mia");
        Assert.Equal(("18 Alder Ct", "5550102233", 0), (child.Address, child.HomePhone, child.ToFinish.Count));
        var coverage = await rows.Db.Coverages.AsNoTracking().SingleAsync(c => c.PatientId == child.Id);
        Assert.Equal(("child", mother.FullName, "CHX 204"), (coverage.Relationship, coverage.SubscriberName, coverage.MemberId));
        Assert.True((await rows.Db.Contacts.AsNoTracking().SingleAsync(c => c.PatientId == child.Id)).Guarantor);
    }

    [Fact]
    public async Task A_form_that_waits_for_a_new_patient_gets_its_id()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        var last = PatientRows.Tag();

        var booked = await SubmitAsync(desk, $"/patients/registrations/quick?back={Uri.EscapeDataString("/scheduling/appointments/book?patient=")}",
            ("Form.LastName", last), ("Form.FirstName", "Mia"), ("Form.BirthDate", "010548"), ("Form.Sex", "F"));

        await using var rows = new PatientRows(shared.Host);
        Assert.Equal($"/scheduling/appointments/book?patient={await rows.Db.Patients.Where(p => p.LastName == last).Select(p => p.Id).SingleAsync()}", booked.Headers.Location!.ToString());
        var elsewhere = await desk.PageAsync("/patients/registrations/quick?back=https://elsewhere.example/");
        Assert.Null(elsewhere.QuerySelector("form[action='/patients/registrations/quick'] input[name=back]"));
    }
}
