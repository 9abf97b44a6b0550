using System.Net;
using Modular.Sdk;
using Modular.Scheduling.Messages;
using Modular.Tests.Harness;

namespace Modular.Tests.Scheduling;

/// <summary>Booking at one desk: what is refused, with which sentence, and what stays typed.</summary>
[Collection(typeof(AtTheClinic))]
public sealed class BookingTests(Clinic clinic)
{
    [Fact]
    public async Task A_booked_visit_is_told_to_others_once_with_its_whole_state()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Told");
        var visit = await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(11, "09:00")));

        var told = Assert.Single(clinic.Published.OfType<AppointmentBooked>(), b => b.Visit.VisitId == visit).Visit;
        Assert.Equal((1, patient, provider, "Dr. Told", TestHost.NorthMain, 20, "booked"), (told.Version, told.PatientId, told.ProviderId, told.ProviderName, told.LocationId, told.Minutes, told.Status));
        Assert.Equal(new DateTimeOffset(2026, 6, 11, 13, 0, 0, TimeSpan.Zero), told.Start);
    }

    [Fact]
    public async Task A_visit_names_its_type_and_stays_by_video_whatever_becomes_of_the_type()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Video");
        var (video, office) = (await clinic.AddTypeAsync("Video", 20), await clinic.AddTypeAsync("Office", 20));
        await clinic.SqlAsync($"update scheduling.appointment_types set telehealth = true where id = '{video}'");

        var seen = await clinic.BookAsync(desk, Clinic.Form(patient, video, provider, Clinic.At(11, "09:00")));
        var came = await clinic.BookAsync(desk, Clinic.Form(patient, office, provider, Clinic.At(11, "10:00")));
        await clinic.SqlAsync($"update scheduling.appointment_types set telehealth = not telehealth where id in ('{video}', '{office}')");
        await clinic.StepAsync(desk, seen, "cancel", null, ("Reason", "Patient asked"));

        var booked = clinic.Published.OfType<AppointmentBooked>().Select(b => b.Visit).ToDictionary(v => v.VisitId, v => (v.TypeId, v.Telehealth));
        Assert.Equal((video, true), booked[seen]);
        Assert.Equal((office, false), booked[came]);
        var canceled = Assert.Single(clinic.Published.OfType<AppointmentCanceled>(), c => c.Visit.VisitId == seen).Visit;
        Assert.Equal((video, true), (canceled.TypeId, canceled.Telehealth));
    }

    [Fact]
    public async Task What_was_typed_is_still_there_after_a_refusal()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Kept");
        var page = await desk.PageAsync("/scheduling/appointments/book");

        var response = await desk.SubmitAsync(page, "form#book",
            [.. Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(11, "20:00")), ("PatientName", "Kaur, Simran"), ("Note", "Brings lab results")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var again = await TestClient.ParseAsync(await response.Content.ReadAsStringAsync());
        Assert.Contains("Dr. Kept has no hours at 8:00 pm on Thursday, June 11.", again.QuerySelector(".errors")!.TextContent);
        Assert.Equal("Kaur, Simran", again.QuerySelector("input[name=PatientName]")!.GetAttribute("value"));
        Assert.Equal($"{patient}", again.QuerySelector("input[name=Patient]")!.GetAttribute("value"));
        Assert.Equal("Brings lab results", again.QuerySelector("textarea[name=Note]")!.TextContent.Trim());
        Assert.Equal($"{provider}", again.QuerySelector("select[name=Provider] option[selected]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Canceling_frees_the_time_and_a_no_show_does_not()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Freed", "06:00-17:00");
        var canceled = await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(10, "08:00")));
        var missed = await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(10, "09:00")));

        Assert.Equal(HttpStatusCode.Redirect, (await clinic.StepAsync(desk, canceled, "cancel", null, ("Reason", "Patient asked"))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await clinic.StepAsync(desk, missed, "no-show")).StatusCode);

        var other = (await clinic.AddPatientsAsync(1))[0];
        await clinic.BookAsync(desk, Clinic.Form(other, clinic.FollowUp, provider, Clinic.At(10, "08:00")));
        Assert.Contains("was just taken", await RefusedAsync(desk, Clinic.Form(other, clinic.FollowUp, provider, Clinic.At(10, "09:00"))));
        Assert.Equal("Patient asked", Assert.Single(clinic.Published.OfType<AppointmentCanceled>(), c => c.Visit.VisitId == canceled).Reason);
    }

    [Fact]
    public async Task A_cancellation_cannot_be_taken_back_once_the_time_is_gone()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Gone");
        var visit = await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(11, "09:00")));
        await clinic.StepAsync(desk, visit, "cancel", null, ("Reason", "Patient asked"));
        var other = (await clinic.AddPatientsAsync(1))[0];
        await clinic.BookAsync(desk, Clinic.Form(other, clinic.FollowUp, provider, Clinic.At(11, "09:10")));

        await clinic.StepAsync(desk, visit, "undo");

        Assert.Equal("canceled", await clinic.StatusAsync(visit));
    }

    [Fact]
    public async Task Overbooking_needs_the_permission_and_a_reason()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Over");
        using var nurse = await clinic.Host.SignInAsync(clinic.North, Roles.Nurse);
        await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(11, "09:00")));
        var other = (await clinic.AddPatientsAsync(1))[0];
        var form = Clinic.Form(other, clinic.FollowUp, provider, Clinic.At(11, "09:00"));

        Assert.Contains("just taken", await RefusedAsync(desk, form));
        Assert.Contains("just taken", await RefusedAsync(nurse, [.. form, ("OverbookReason", "Crying child")]));
        var visit = await clinic.BookAsync(desk, [.. form, ("OverbookReason", "Crying child")]);

        Assert.Equal("Crying child", await clinic.AskAsync<string>($"select overbook_reason from scheduling.visits where id = '{visit}' and overbooked"));
    }

    [Fact]
    public async Task A_reason_to_overbook_is_not_kept_when_the_time_was_free()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Free");
        var visit = await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(11, "09:00"), null, ("OverbookReason", "Just in case")));

        Assert.False(await clinic.AskAsync<bool>($"select overbooked from scheduling.visits where id = '{visit}'"));
    }

    [Fact]
    public async Task A_patient_at_two_places_at_once_is_asked_about_refused_or_allowed_by_type()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Both");
        var second = await clinic.AddProviderAsync("Dr. Second");
        var strict = await clinic.AddTypeAsync("Strict", 20, overlap: "refuse");
        var loose = await clinic.AddTypeAsync("Loose", 20, overlap: "allow");
        await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(11, "09:00")));

        Assert.Contains("has another visit then: Follow-up", await RefusedAsync(desk, Clinic.Form(patient, strict, second, Clinic.At(11, "09:00"), null, ("OverlapAccepted", "true"))));
        Assert.Contains("has another visit then", await RefusedAsync(desk, Clinic.Form(patient, clinic.FollowUp, second, Clinic.At(11, "09:10"))));
        await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, second, Clinic.At(11, "09:10"), null, ("OverlapAccepted", "true")));
        var third = await clinic.AddProviderAsync("Dr. Third");
        await clinic.BookAsync(desk, Clinic.Form(patient, loose, third, Clinic.At(11, "09:00")));
    }

    [Fact]
    public async Task A_type_that_a_role_may_not_book_is_neither_offered_nor_accepted()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Role");
        var type = await clinic.AddTypeAsync("Nurse only", 20, roles: "{nurse}");

        var page = await desk.PageAsync("/scheduling/appointments/book");
        Assert.DoesNotContain("Nurse only", page.QuerySelector("select[name=Type]")!.TextContent);
        Assert.Contains("is not booked by your role", await RefusedAsync(desk, Clinic.Form(patient, type, provider, Clinic.At(11, "09:00"))));
    }

    [Fact]
    public async Task Every_start_the_form_offers_can_be_booked()
    {
        var (desk, provider, _) = await DeskAsync("Dr. Offer", "09:00-11:00");
        var patients = await clinic.AddPatientsAsync(20);
        for (var i = 0; i < 5; i++)
        {
            var page = await desk.PageAsync($"/scheduling/appointments/book?location={TestHost.NorthMain}&provider={provider}&type={clinic.FollowUp}&date=2026-06-13");
            var offered = page.QuerySelectorAll("input[name=Start]").Select(s => s.GetAttribute("value")!).ToList();
            await clinic.BookAsync(desk, Clinic.Form(patients[i], clinic.FollowUp, provider, offered[i % 2 == 0 ? 0 : offered.Count / 2]));
        }

        Assert.Equal(5L, await clinic.AskAsync<long>($"select count(*) from scheduling.visits where provider_id = '{provider}'"));
    }

    [Fact]
    public async Task A_typed_time_that_spring_skips_is_refused_with_the_time_it_would_be()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Spring", "01:00-05:00");
        var form = Clinic.Form(patient, clinic.FollowUp, provider, "", null, ("Date", "3/14/2027"), ("Time", "2:30 am"));

        Assert.Contains("The clocks go forward on March 14: there is no 2:30 am. The same moment is 3:30 am.", await RefusedAsync(desk, form));
    }

    [Fact]
    public async Task The_hour_that_autumn_repeats_is_booked_twice_with_its_offset()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Autumn", "01:00-03:00");
        var first = await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, "2026-11-01T01:30:00-04:00"));
        var second = await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, "2026-11-01T01:30:00-05:00"));

        Assert.Equal(TimeSpan.FromHours(1), await clinic.AskAsync<TimeSpan>($"select (select starts_at from scheduling.visits where id = '{second}') - (select starts_at from scheduling.visits where id = '{first}')"));
    }

    [Fact]
    public async Task A_past_day_is_refused()
    {
        var (desk, provider, patient) = await DeskAsync("Dr. Past");

        Assert.Contains("This day is over", await RefusedAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(9, "09:00"))));
    }

    [Fact]
    public async Task Patients_are_found_by_name_in_any_order_birth_date_and_phone()
    {
        var (desk, _, _) = await DeskAsync("Dr. Found");
        var id = (await clinic.AddPatientsAsync(1, "Ångström-Ñuñez"))[0];
        foreach (var typed in new[] { "angs", "Ångström sim", "simranA angstrom", "angs 010180", "angs 555010" })
        {
            var found = await desk.Http.GetStringAsync($"/scheduling/appointments/patients?PatientName={Uri.EscapeDataString(typed)}");
            Assert.Contains($"data-value=\"{id}\"", found);
        }

        Assert.DoesNotContain($"{id}", await desk.Http.GetStringAsync("/scheduling/appointments/patients?PatientName=angs+020280"));
    }

    private async Task<(TestClient Desk, Guid Provider, Guid Patient)> DeskAsync(string provider, string hours = "09:00-17:00") =>
        (await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk), await clinic.AddProviderAsync(provider, null, hours), (await clinic.AddPatientsAsync(1))[0]);

    private static async Task<string> RefusedAsync(TestClient desk, (string, string)[] form)
    {
        var response = await desk.SubmitAsync(await desk.PageAsync("/scheduling/appointments/book"), "form#book", form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        return await Clinic.ErrorsAsync(response);
    }
}
