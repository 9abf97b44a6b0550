using System.Net;
using Modular.Scheduling.Messages;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Scheduling;

/// <summary>Moving a visit: the rules of booking, the history, and the way back.</summary>
[Collection(typeof(AtTheClinic))]
public sealed class MovingTests(Clinic clinic)
{
    [Fact]
    public async Task A_moved_visit_is_told_to_others_and_its_history_says_from_where_by_whom_and_why()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Moved");
        var visit = await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(11, "09:00")));

        var response = await clinic.StepAsync(desk, visit, "move", null, Move(provider, 12, "10:00"));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        var told = Assert.Single(clinic.Published.OfType<AppointmentMoved>(), m => m.Visit.VisitId == visit);
        Assert.Equal((new DateTimeOffset(2026, 6, 11, 13, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 6, 12, 14, 0, 0, TimeSpan.Zero), true), (told.From, told.Visit.Start, told.PatientTold));
        var page = await desk.PageAsync($"/scheduling/appointments/{visit}");
        Assert.Contains("Moved from Thu, Jun 11, 9:00 am with Dr. Moved: Patient asked", page.QuerySelector(".timeline")!.TextContent);
        Assert.Equal(2, page.QuerySelectorAll(".timeline li").Length);
    }

    [Fact]
    public async Task A_move_onto_another_visit_is_refused_and_nothing_of_it_is_kept()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Onto");
        var other = (await clinic.AddPatientsAsync(1))[0];
        await clinic.BookAsync(desk, Clinic.Form(other, clinic.FollowUp, provider, Clinic.At(12, "10:00")));
        var visit = await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(11, "09:00")));

        var response = await clinic.StepAsync(desk, visit, "move", null, Move(provider, 12, "10:10"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains("was just taken", await Clinic.ErrorsAsync(response));
        Assert.Equal(1L, await clinic.AskAsync<long>($"select count(*) from scheduling.visit_steps where row_id = '{visit}'"));
    }

    [Fact]
    public async Task A_visit_is_never_in_its_own_way()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Self");
        var visit = await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(11, "09:00")));

        Assert.Equal(HttpStatusCode.Redirect, (await clinic.StepAsync(desk, visit, "move", null, Move(provider, 11, "09:10"))).StatusCode);
    }

    [Fact]
    public async Task A_move_can_be_taken_back_while_the_old_time_is_free()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Back");
        var visit = await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(11, "09:00")));
        await clinic.StepAsync(desk, visit, "move", null, Move(provider, 12, "10:00"));

        await clinic.StepAsync(desk, visit, "move/back");

        Assert.True(await clinic.AskAsync<bool>($"select starts_at = '2026-06-11 13:00Z' from scheduling.visits where id = '{visit}'"));
    }

    [Fact]
    public async Task The_later_of_two_who_move_a_visit_is_told_where_it_is_now()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Two");
        var visit = await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(11, "09:00")));
        await clinic.StepAsync(desk, visit, "move", 1, Move(provider, 12, "10:00"));

        var response = await clinic.StepAsync(desk, visit, "move", 1, Move(provider, 12, "11:00"));

        Assert.Contains("it is on Fri, Jun 12 at 10:00 am with Dr. Two. Nothing of yours was saved.", await Clinic.ErrorsAsync(response));
    }

    [Fact]
    public async Task A_patient_who_was_not_told_is_work_in_the_inbox_until_somebody_has_called()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Call");
        var visit = await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(11, "09:00")));
        await clinic.StepAsync(desk, visit, "move", null, Move(provider, 12, "10:00", told: false));
        string tasks = $"select count(*) from core.tasks where kind = 'tell-patient' and link like '%{visit}'";

        Assert.Equal(1L, await clinic.AskAsync<long>(tasks));
        await clinic.StepAsync(desk, visit, "told");
        Assert.Equal(0L, await clinic.AskAsync<long>(tasks));
    }

    [Fact]
    public async Task A_type_limits_how_many_visits_it_is_booked_over()
    {
        var (desk, provider, _) = await DeskAsync("Dr. Limit");
        var type = await clinic.AddTypeAsync("Limited", 20, overlap: "allow");
        await clinic.SqlAsync($"update scheduling.appointment_types set overbook_limit = 1 where id = '{type}'");
        var patients = await clinic.AddPatientsAsync(3);
        (string, string)[] Over(Guid patient) => Clinic.Form(patient, type, provider, Clinic.At(11, "09:00"), null, ("OverbookReason", "Worried"));
        await clinic.BookAsync(desk, Over(patients[0]));
        await clinic.BookAsync(desk, Over(patients[1]));

        var response = await desk.SubmitAsync(await desk.PageAsync("/scheduling/appointments/book"), "form#book", Over(patients[2]));

        Assert.Contains("Dr. Limit has 1 other visit at 9:00 am already: that is the limit", await Clinic.ErrorsAsync(response));
    }

    [Fact]
    public async Task A_type_for_new_patients_is_refused_to_somebody_seen_within_three_years()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. New", "06:00-17:00");
        var type = await clinic.AddTypeAsync("First visit", 20);
        await clinic.SqlAsync($"update scheduling.appointment_types set patients = 'new' where id = '{type}'");
        await clinic.BookAsync(desk, Clinic.Form(patient, type, provider, Clinic.At(11, "09:00")));
        await clinic.SqlAsync($"""
            insert into scheduling.visits (id, patient_id, provider_id, location_id, type_id, patient_name, provider_name, type_name, kind, zone,
                starts_at, ends_at, held_from, held_to, status, arrived_at, checked_out_at, booking_key, booked_at, booked_by)
            values (gen_random_uuid(), '{patient}', '{provider}', '{TestHost.NorthMain}', '{type}', 'x', 'x', 'x', 'visit', 'America/New_York',
                '2024-05-03 13:00Z', '2024-05-03 13:20Z', '2024-05-03 13:00Z', '2024-05-03 13:20Z', 'checked-out', '2024-05-03 13:00Z', '2024-05-03 13:20Z', gen_random_uuid(), now(), 'x')
            """);

        var response = await desk.SubmitAsync(await desk.PageAsync("/scheduling/appointments/book"), "form#book", Clinic.Form(patient, type, provider, Clinic.At(12, "09:00")));

        Assert.Contains("was here on May 3, 2024: choose another type.", await Clinic.ErrorsAsync(response));
    }

    [Fact]
    public async Task One_ultrasound_serves_one_visit_at_a_time_whoever_the_provider_is()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Scan");
        var second = await clinic.AddProviderAsync("Dr. Scan Too");
        var kind = $"Ultrasound {Guid.NewGuid().ToString()[..6]}";
        var type = await clinic.AddTypeAsync("Scan", 30);
        await clinic.SqlAsync($"""
            update scheduling.appointment_types set equipment_kind = '{kind}', clean_up_minutes = 10 where id = '{type}';
            insert into scheduling.equipment (id, location_id, name, kind) values (gen_random_uuid(), '{TestHost.NorthMain}', '{kind}', '{kind}')
            """);
        await clinic.BookAsync(desk, Clinic.Form(patient, type, provider, Clinic.At(11, "09:00")));
        var other = (await clinic.AddPatientsAsync(1))[0];

        var response = await desk.SubmitAsync(await desk.PageAsync("/scheduling/appointments/book"), "form#book", Clinic.Form(other, type, second, Clinic.At(11, "09:30")));

        Assert.Contains($"No {kind.ToLowerInvariant()} is free", await Clinic.ErrorsAsync(response));
        await clinic.BookAsync(desk, Clinic.Form(other, type, second, Clinic.At(11, "09:40")));
    }

    private static (string, string)[] Move(Guid provider, int day, string time, bool told = true) =>
        [("Provider", $"{provider}"), ("Location", $"{TestHost.NorthMain}"), ("Start", Clinic.At(day, time)), ("Why", "Patient asked"), ("Told", told ? "true" : "false")];

    private async Task<(TestClient Desk, Guid Provider, Guid Patient)> DeskAsync(string provider, string hours = "09:00-17:00") =>
        (await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk), await clinic.AddProviderAsync(provider, null, hours), (await clinic.AddPatientsAsync(1))[0]);
}
