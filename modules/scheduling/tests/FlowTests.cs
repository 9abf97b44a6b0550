using System.Net;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.Messages;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Scheduling;

/// <summary>From expected to left: the steps, their order, the way back, and what billing is told.</summary>
[Collection(typeof(AtTheClinic))]
public sealed class FlowTests(Clinic clinic)
{
    private static readonly DateTimeOffset Nine = new(2026, 6, 10, 13, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_step_of_the_flow_can_be_taken_back_one_by_one()
    {
        var visit = VisitTests.Booked();
        Assert.Equal("Kaur, Simran has not arrived yet.", visit.See(Nine, "Paula"));
        visit.Arrive(Nine, "Paula");
        visit.PutInRoom(Guid.CreateVersion7(), "Room 2", Nine.AddMinutes(5), "Nora");
        visit.See(Nine.AddMinutes(9), "Nora");
        visit.Finish(Nine.AddMinutes(30), "Nora");
        Assert.Equal((Stage.CheckOut, Nine.AddMinutes(30)), (visit.Stage, visit.StageSince));

        List<string> back = [];
        while (visit.TakeBack(Nine, "Theo") is null)
        {
            back.Add(visit.Status == VisitStatus.Booked ? "booked" : visit.Stage.Text());
        }

        Assert.Equal(["with-provider", "roomed", "waiting", "booked"], back);
        Assert.Null(visit.InRoomId);
    }

    [Fact]
    public void A_nurse_visit_skips_the_room_and_nobody_is_seen_twice()
    {
        var visit = VisitTests.Booked();
        visit.Arrive(Nine, "Paula");

        Assert.Null(visit.See(Nine.AddMinutes(2), "Nora"));
        Assert.Equal("Kaur, Simran is already with the provider.", visit.PutInRoom(Guid.CreateVersion7(), "Room 1", Nine.AddMinutes(3), "Nora"));
    }

    [Fact]
    public async Task What_the_visit_was_is_told_for_billing_and_the_next_one_is_booked_with_it()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Outcome");
        var visit = await HereAsync(desk, provider, patient, "09:30");

        await clinic.StepAsync(desk, visit, "check-out", null, ("Outcome", "Follow-up, blood drawn"), ("Key", $"{Guid.CreateVersion7()}"), ("Type", $"{clinic.FollowUp}"),
            ("Provider", $"{provider}"), ("Date", "3m"), ("Start", Clinic.At(10, "09:00", 9)));

        var told = Assert.Single(clinic.Published.OfType<VisitCompleted>(), c => c.Visit.VisitId == visit);
        Assert.Equal(("Follow-up, blood drawn", null, new DateOnly(2026, 6, 10)), (told.WhatItWas, told.NoChargeReason, told.ServiceDate));
        Assert.Equal(1L, await clinic.AskAsync<long>($"select count(*) from scheduling.visits where patient_id = '{patient}' and status = 'booked' and starts_at = '2026-09-10 13:00Z'"));
    }

    [Fact]
    public async Task A_check_in_says_what_was_confirmed_and_what_is_still_to_do()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Checked");
        var visit = await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(10, "09:40")));

        await clinic.StepAsync(desk, visit, "check-in", null, ("Form.Version", "1"), ("Form.Demographics", "true"), ("Form.Coverage", "false"), ("Form.Notices", "true"));

        Assert.Equal(["demographics", "notices"], Assert.Single(clinic.Published.OfType<CheckedIn>(), c => c.Visit.VisitId == visit).Confirmed);
        Assert.Equal("arrived", await clinic.StatusAsync(visit));
    }

    [Fact]
    public async Task A_patient_gets_a_room_that_nobody_is_in_and_leaves_it_with_the_provider()
    {
        var place = TestHost.NorthMain;
        var (desk, provider, _) = await DeskAsync("Dr. Rooms");
        await clinic.AddRoomAsync($"A {Guid.NewGuid()}"[..10], place);
        await clinic.AddRoomAsync($"B {Guid.NewGuid()}"[..10], place);
        var patients = await clinic.AddPatientsAsync(2);
        var first = await HereAsync(desk, provider, patients[0], "09:00");
        var second = await HereAsync(desk, provider, patients[1], "09:20");

        await clinic.StepAsync(desk, first, "room");
        await clinic.StepAsync(desk, second, "room");

        Assert.True(await clinic.AskAsync<bool>($"select count(distinct in_room_id) = 2 from scheduling.visits where id in ('{first}', '{second}')"));
        await clinic.StepAsync(desk, first, "see");
        await clinic.StepAsync(desk, first, "finish");
        Assert.Equal("check-out", Assert.Single(clinic.Published.OfType<StageChanged>(), s => s.Visit.VisitId == first && s.Stage == "check-out").Stage);
        await clinic.StepAsync(desk, first, "check-out");
        await clinic.StepAsync(desk, second, "check-out");
    }

    [Fact]
    public async Task Of_a_walk_in_all_or_nothing_is_kept()
    {
        using var desk = await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk);
        var provider = await clinic.AddProviderAsync("Dr. Walk");
        var page = await desk.PageAsync($"/scheduling/walk-ins/add?location={TestHost.NorthMain}");
        (string, string)[] form =
        [
            ("Location", $"{TestHost.NorthMain}"), ("LastName", "Walkin"), ("FirstName", "Wanda"), ("BirthDate", "010548"), ("Sex", "F"), ("Phone", "555 010 4499"),
            ("Provider", $"{provider}"), ("Note", "Cut on the hand"),
        ];

        var refused = await desk.SubmitAsync(page, "form#walk-in", [.. form, ("Type", $"{Guid.CreateVersion7()}")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(0L, await clinic.AskAsync<long>("select count(*) from patients.patients where last_name = 'Walkin'"));

        var kept = await desk.SubmitAsync(page, "form#walk-in", [.. form, ("Type", $"{clinic.FollowUp}")]);
        Assert.True(kept.StatusCode == HttpStatusCode.Redirect, await Clinic.ErrorsAsync(kept));
        Assert.Equal("arrived", await clinic.AskAsync<string>("select v.status from scheduling.visits v join patients.patients p on p.id = v.patient_id where p.last_name = 'Walkin'"));
    }

    [Fact]
    public async Task Labels_notes_and_sheets_name_the_patient_and_the_note_says_nothing_of_why()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Print");
        var visit = await HereAsync(desk, provider, patient, "11:00");

        var note = await desk.PageAsync($"/scheduling/prints/note/{visit}?kind=school");
        Assert.Contains("To the school of", note.Body!.TextContent);
        Assert.DoesNotContain("Follow-up", note.Body.TextContent);
        Assert.Equal(3, (await desk.PageAsync($"/scheduling/prints/label/{visit}?copies=3")).QuerySelectorAll(".label-60").Length);
        Assert.Contains("Dr. Print", (await desk.PageAsync($"/scheduling/prints/day-sheet/2026-06-10?location={TestHost.NorthMain}")).QuerySelector("main")!.TextContent);
        Assert.Contains("Born", (await desk.PageAsync($"/scheduling/prints/face-sheet/{visit}")).QuerySelector("dl")!.TextContent);
        Assert.Contains("No visit is booked", (await desk.PageAsync($"/scheduling/prints/next-visits/{patient}")).QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task The_note_says_from_when_to_when_in_english_or_spanish_and_nothing_of_a_visit_that_was_canceled()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Note");
        var visit = await HereAsync(desk, provider, patient, "13:00");
        Assert.Contains("at our office on Wednesday, June 10, 2026, from ", await NoteAsync(desk, visit, ""), StringComparison.Ordinal);
        await clinic.StepAsync(desk, visit, "check-out", null, ("Outcome", "Secret reason"));

        var english = await NoteAsync(desk, visit, "");
        var spanish = await NoteAsync(desk, visit, "?kind=school&language=es");

        Assert.Matches("Simran[A-Z] Kaur was at our office on Wednesday, June 10, 2026, from [0-9: apm]+ to [0-9: apm]+\\.", english);
        Assert.Contains("To the employer of", english, StringComparison.Ordinal);
        Assert.Matches("A la escuela de Simran[A-Z] Kaur:\\s+Simran[A-Z] Kaur estuvo en nuestro consultorio el miércoles 10 de junio de 2026 \\(llegada: [0-9: apm.]+; salida: [0-9: apm.]+\\)\\.", spanish);
        Assert.DoesNotContain("Follow-up", english + spanish, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret reason", english + spanish, StringComparison.Ordinal);
        Assert.Equal(3L, await clinic.AskAsync<long>($"select count(*) from audit.entries where what = 'work or school note' and '{patient}' = any(patient_ids)"));

        var canceled = await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(22, "09:00")));
        Assert.Contains("has an appointment at our office on Monday, June 22, 2026 at 9:00 am.", await NoteAsync(desk, canceled, ""), StringComparison.Ordinal);
        await clinic.StepAsync(desk, canceled, "cancel", null, ("Reason", "Patient asked"));
        Assert.Equal(HttpStatusCode.NotFound, (await desk.GetAsync($"/scheduling/prints/note/{canceled}")).StatusCode);
        Assert.Null((await desk.PageAsync($"/scheduling/appointments/{canceled}")).QuerySelector("a[href*='/prints/note/']"));
    }

    [Fact]
    public async Task Check_out_goes_on_to_the_note_when_it_is_ticked()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Ticked");
        var visit = await HereAsync(desk, provider, patient, "14:00");
        var form = await desk.PageAsync($"/scheduling/appointments/{visit}/check-out");

        var done = await desk.SubmitAsync(form, "form[action$='/check-out']", ("Note", "true"), ("Card", "true"));

        Assert.Equal($"/scheduling/prints/note/{visit}", done.Headers.Location?.ToString());
        Assert.NotNull((await desk.PageAsync($"/scheduling/prints/note/{visit}")).QuerySelector($"a[href='/scheduling/prints/next-visits/{patient}']"));
    }

    private static async Task<string> NoteAsync(TestClient desk, Guid visit, string query) =>
        (await desk.PageAsync($"/scheduling/prints/note/{visit}{query}")).QuerySelector("article")!.TextContent;

    private async Task<Guid> HereAsync(TestClient desk, Guid provider, Guid patient, string time)
    {
        var visit = await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(10, time)));
        await clinic.StepAsync(desk, visit, "arrive");
        return visit;
    }

    private async Task<(TestClient Desk, Guid Provider, Guid Patient)> DeskAsync(string provider) =>
        (await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk), await clinic.AddProviderAsync(provider), (await clinic.AddPatientsAsync(1))[0]);
}
