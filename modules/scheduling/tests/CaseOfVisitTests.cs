using System.Net;
using Modular.Patients.Messages;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.Messages;
using Modular.Scheduling.Reactions;
using Modular.Sdk;
using Modular.Tests.Harness;
using Npgsql;

namespace Modular.Tests.Scheduling;

/// <summary>A visit is for the health plan or for one of the patient's open cases; whoever bills is told which.</summary>
[Collection(typeof(AtTheClinic))]
public sealed class CaseOfVisitTests(Clinic clinic)
{
    private static readonly DateTimeOffset Nine = new(2026, 6, 10, 13, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_visit_takes_an_open_case_of_its_patient_until_it_is_checked_out_and_says_what_it_was_before()
    {
        var visit = VisitTests.Booked();
        var wrist = Known(visit.PatientId, "Wrist at work");
        var neck = Known(visit.PatientId, "Neck", closed: new(2026, 6, 9));

        Assert.Equal("“Neck” closed on 06/09/2026. Choose another case or none for a visit on 06/10/2026.", visit.Choose(neck, null, Nine, "Paula"));
        Assert.Contains("was on 06/11/2026, after this visit", visit.Choose(Known(visit.PatientId, "Fall", on: new(2026, 6, 11)), null, Nine, "Paula"));
        Assert.Equal("Choose a case of this patient from the list.", visit.Choose(Known(Guid.CreateVersion7(), "Another's"), null, Nine, "Paula"));
        Assert.Null(visit.CaseId);
        Assert.Null(visit.Choose(wrist, null, Nine, "Paula"));
        Assert.Null(visit.Choose(null, wrist, Nine, "Theo"));
        Assert.Equal(["For the case “Wrist at work”", "For no case, was “Wrist at work”"], visit.Changes.Select(c => c.Said));

        visit.Arrive(Nine, "Paula");
        visit.CheckOut(Nine, "Paula");
        Assert.Contains("changed before check-out", visit.Choose(wrist, null, Nine, "Paula"));
    }

    [Fact]
    public async Task Booking_offers_the_patients_open_cases_and_proposes_the_one_of_the_types_kind_or_of_the_last_visit()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Offers");
        var injury = await clinic.AddTypeAsync("Injury check", 20);
        await clinic.SqlAsync($"update scheduling.appointment_types set case_kind = 'workers-comp' where id = '{injury}'");
        var wrist = await AddCaseAsync(patient, "Wrist at work");
        var car = await AddCaseAsync(patient, "Car accident", "auto");
        await AddCaseAsync(patient, "Long over", closed: new(2026, 5, 1));

        var offered = await desk.PageAsync($"/scheduling/cases/choose?patient={patient}&type={clinic.FollowUp}");
        Assert.Equal(["No case: health plan or self-pay", "Car accident · claim CLAIM 1", "Wrist at work · claim CLAIM 1"], offered.QuerySelectorAll("option").Select(o => o.TextContent));
        Assert.Null(offered.QuerySelector("option[selected][value]:not([value=''])"));
        Assert.Equal($"{wrist}", (await desk.PageAsync($"/scheduling/cases/choose?patient={patient}&type={injury}")).QuerySelector("option[selected]")!.GetAttribute("value"));

        await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(22, "09:00"), null, ("Case", $"{car}")));
        var form = await desk.PageAsync($"/scheduling/appointments/book?patient={patient}&type={clinic.FollowUp}");
        Assert.Equal($"{car}", form.QuerySelector("#Case option[selected]")!.GetAttribute("value"));
        var nobody = (await clinic.AddPatientsAsync(1))[0];
        Assert.Null((await desk.PageAsync($"/scheduling/cases/choose?patient={nobody}&type={injury}")).QuerySelector("select"));
    }

    [Fact]
    public async Task The_case_goes_with_the_visit_from_booking_over_check_in_to_billing()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Bills");
        var (wrist, car) = (await AddCaseAsync(patient, "Wrist at work"), await AddCaseAsync(patient, "Car accident", "auto"));
        var visit = await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(10, "11:00"), null, ("Case", $"{wrist}")));
        Assert.Equal(wrist, clinic.Published.OfType<AppointmentBooked>().Last(b => b.Visit.VisitId == visit).Visit.CaseId);
        Assert.Contains("Wrist at work", (await desk.PageAsync($"/scheduling/appointments/{visit}")).QuerySelector("dl")!.TextContent);
        Assert.Contains("Wrist at work", (await desk.PageAsync($"/scheduling/board/peek/{visit}")).Body!.TextContent);
        Assert.Contains("Wrist at work", (await desk.PageAsync($"/scheduling/prints/day-sheet/2026-06-10?location={TestHost.NorthMain}&provider={provider}")).QuerySelector("table")!.TextContent);

        await clinic.StepAsync(desk, visit, "case", null, ("Case", $"{car}"));
        Assert.Equal(car, Assert.Single(clinic.Published.OfType<VisitCaseChanged>(), c => c.Visit.VisitId == visit).Visit.CaseId);
        Assert.Contains("For the case “Car accident”, was “Wrist at work”", (await desk.PageAsync($"/scheduling/appointments/{visit}")).QuerySelector(".timeline")!.TextContent);

        var checkIn = await desk.PageAsync($"/scheduling/appointments/{visit}/check-in");
        Assert.Equal($"{car}", checkIn.QuerySelector("input[name='Form.Case'][checked]")!.GetAttribute("value"));
        await clinic.StepAsync(desk, visit, "check-in", null, ("Form.Version", "2"), ("Form.Case", $"{wrist}"), ("Form.CaseAsked", "true"));
        await clinic.StepAsync(desk, visit, "check-out");
        Assert.Equal(wrist, Assert.Single(clinic.Published.OfType<VisitCompleted>(), c => c.Visit.VisitId == visit).Visit.CaseId);
        Assert.Equal(HttpStatusCode.OK, (await desk.GetAsync($"/scheduling/appointments/{visit}/case")).StatusCode);
        await clinic.StepAsync(desk, visit, "case", null, ("Case", ""));
        Assert.Equal(wrist, await clinic.AskAsync<Guid>($"select case_id from scheduling.visits where id = '{visit}'"));
    }

    [Fact]
    public async Task Check_in_names_who_pays_for_each_case_and_for_none()
    {
        await using var rows = new Patients.PatientRows(clinic.Host);
        var (desk, provider, _) = await DeskAsync("Dr. Payers");
        var patient = await rows.AddAsync(Patients.PatientRows.Tag(), "Nora", new(1980, 1, 1));
        await clinic.Host.PublishAsync(clinic.North, patient.Changed(new(2026, 6, 10), null));
        await clinic.North.UntilAsync($"select count(*) from scheduling.patients where id = '{patient.Id}'", 1L);
        var wrist = await AddCaseAsync(patient.Id, "Wrist at work");
        await clinic.SqlAsync($"""
            insert into patients.cases (id, patient_id, kind, title, accident_on, opened_on) values ('{wrist}', '{patient.Id}', 'other', 'Wrist at work', '2026-03-01', '2026-03-01');
            insert into patients.payers (id, name) values ('{wrist}', 'Workers Fund {wrist.ToString("N")[^6..]}');
            insert into patients.coverages (id, patient_id, payer_id, benefit_line, case_id, rank, member_id, relationship, effective_from) values (gen_random_uuid(), '{patient.Id}', '{wrist}', 'case', '{wrist}', 1, 'WF 77', 'self', '2026-03-01');
            insert into patients.coverages (id, patient_id, payer_id, rank, member_id, relationship, effective_from) values (gen_random_uuid(), '{patient.Id}', '{wrist}', 1, 'HP 1', 'self', '2026-01-01')
            """);
        var visit = await clinic.BookAsync(desk, Clinic.Form(patient.Id, clinic.FollowUp, provider, Clinic.At(10, "15:00")));

        var choices = (await desk.PageAsync($"/scheduling/appointments/{visit}/check-in")).QuerySelectorAll("fieldset label").Select(l => l.TextContent).ToList();

        Assert.Contains("HP 1", choices[0]);
        Assert.Contains("WF 77", choices[1]);
    }

    [Fact]
    public async Task A_closed_case_is_refused_with_a_sentence_when_booking_moving_and_repeating()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Closed");
        var wrist = await AddCaseAsync(patient, "Wrist at work", closed: new(2026, 6, 30));
        var page = await desk.PageAsync("/scheduling/appointments/book");
        var late = await desk.SubmitAsync(page, "form#book", Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(6, "09:00", 7), null, ("Case", $"{wrist}")));
        Assert.Equal("“Wrist at work” closed on 06/30/2026. Choose another case or none for a visit on 07/06/2026.", await Clinic.ErrorsAsync(late) is var said ? Sentence(said) : "");

        var visit = await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(29, "09:00"), null, ("Case", $"{wrist}")));
        var url = $"/scheduling/appointments/{visit}/move";
        var move = await desk.PageAsync(url);
        (string, string)[] to = [("Date", "2026-07-06"), ("Start", Clinic.At(6, "09:00", 7)), ("CaseAsked", "true")];
        Assert.Contains("closed on 06/30/2026", await Clinic.ErrorsAsync(await desk.SubmitAsync(move, "form#move", [.. to, ("Case", $"{wrist}")])));
        Assert.Equal(HttpStatusCode.Redirect, (await desk.SubmitAsync(move, "form#move", [.. to, ("Case", "")])).StatusCode);
        Assert.Contains("For no case, was “Wrist at work”", (await desk.PageAsync($"/scheduling/appointments/{visit}")).QuerySelector(".timeline")!.TextContent);

        var series = await desk.SubmitAsync(await desk.PageAsync($"/scheduling/series/book?patient={patient}&location={TestHost.NorthMain}"), "form#series",
            ("Type", $"{clinic.FollowUp}"), ("Provider", $"{provider}"), ("Date", "2026-06-24"), ("Time", "10:00"), ("Times", "3"), ("Case", $"{wrist}"), ("Sure", "false"));
        var plan = (await TestClient.ParseAsync(await series.Content.ReadAsStringAsync())).QuerySelectorAll("tbody tr").Select(r => r.TextContent.Contains("closed on 06/30/2026")).ToList();
        Assert.Equal([false, true, true], plan);
    }

    [Fact]
    public async Task The_database_refuses_a_case_of_another_patient_or_one_that_is_over()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Database");
        var visit = await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(23, "09:00")));
        var others = await AddCaseAsync((await clinic.AddPatientsAsync(1))[0], "Another's");
        var over = await AddCaseAsync(patient, "Over", closed: new(2026, 6, 22));

        foreach (var wrong in new[] { others, over })
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => clinic.SqlAsync($"update scheduling.visits set case_id = '{wrong}' where id = '{visit}'"));
            Assert.Equal("visits_case_fits", refused.ConstraintName);
        }
    }

    [Fact]
    public async Task A_merge_takes_the_case_along_and_its_undo_leaves_no_visit_with_a_case_of_another()
    {
        var (desk, provider, kept) = await DeskAsync("Dr. Merge");
        var gone = (await clinic.AddPatientsAsync(1))[0];
        var wrist = await AddCaseAsync(gone, "Wrist at work");
        var first = await clinic.BookAsync(desk, Clinic.Form(gone, clinic.FollowUp, provider, Clinic.At(24, "09:00"), null, ("Case", $"{wrist}")));
        var merge = Guid.CreateVersion7();

        await clinic.SqlAsync($"select core.merge_patients('{merge}', '{kept}', '{gone}', now(), null, 'x', 'same person')");
        await clinic.Host.PublishAsync(clinic.North, new PatientsMerged(kept, gone, false));
        var between = await clinic.BookAsync(desk, Clinic.Form(kept, clinic.FollowUp, provider, Clinic.At(24, "10:00"), null, ("Case", $"{wrist}")));
        Assert.Equal(kept, await clinic.AskAsync<Guid>($"select patient_id from scheduling.cases where id = '{wrist}'"));

        await clinic.SqlAsync($"select core.unmerge_patients('{merge}', now(), 'x')");
        await clinic.Host.PublishAsync(clinic.North, new PatientsMerged(kept, gone, true));
        await clinic.North.UntilAsync($"select count(*) from scheduling.visits where id = '{between}' and case_id is null", 1L);

        Assert.Equal((gone, wrist), (await clinic.AskAsync<Guid>($"select patient_id from scheduling.visits where id = '{first}'"), await clinic.AskAsync<Guid>($"select case_id from scheduling.visits where id = '{first}'")));
        Assert.Contains("Its case went back with the other record: Wrist at work", (await desk.PageAsync($"/scheduling/appointments/{between}")).QuerySelector(".timeline")!.TextContent);
    }

    private static string Sentence(string errors) => errors[errors.IndexOf('“')..(errors.IndexOf("07/06/2026.", StringComparison.Ordinal) + 11)];

    private static KnownCase Known(Guid patient, string title, DateOnly? on = null, DateOnly? closed = null) =>
        new() { Id = Guid.CreateVersion7(), PatientId = patient, Kind = "workers-comp", Title = title, AccidentOn = on ?? new(2026, 3, 1), ClosedOn = closed };

    private async Task<Guid> AddCaseAsync(Guid patient, string title, string kind = "workers-comp", DateOnly? closed = null)
    {
        var id = Guid.CreateVersion7();
        await clinic.Host.PublishAsync(clinic.North, new CaseChanged(id, 1, patient, kind, title, new(2026, 3, 1), "NY", "CLAIM 1", "Cannery", new(2026, 3, 1), closed));
        await clinic.North.UntilAsync($"select count(*) from scheduling.cases where id = '{id}'", 1L);
        return id;
    }

    private async Task<(TestClient Desk, Guid Provider, Guid Patient)> DeskAsync(string provider) =>
        (await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk), await clinic.AddProviderAsync(provider), (await clinic.AddPatientsAsync(1))[0]);
}
