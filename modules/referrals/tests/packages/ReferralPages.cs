using System.Net;
using Modular.Patients.Messages;
using Modular.Referrals.Messages;
using Modular.Testing;

namespace Modular.Referrals.Tests;

/// <summary>Slices: the real host and its database, through HTTP.</summary>
public sealed class ReferralPages(Office office)
{
    private TestPractice Practice => office.Practice;

    [Fact]
    public async Task A_referral_goes_from_the_chart_to_the_reply_and_everybody_is_told()
    {
        await Practice.ListenAsync<ReferralChanged>();
        var patient = await Practice.RegisterPatientAsync("Vale", "Ada");
        using var nurse = await Practice.SignInAsync("nurse");

        var page = (await office.ReferAsync(nurse, patient, "Ines Marlow, MD")).ShouldSay("Vale, Ada is referred to Ines Marlow, MD");
        page = await StepAsync(page, "Check coverage", ("Authorization", "given"), ("Number", "A7340"), ("Until", "t+60"), ("Visits", "3"));
        page = await StepAsync(page, "Letter was sent", ("How", "fax"), ("To", "(555) 010-4455"), ("What", "Letter and ECG"));
        page = await StepAsync(page, "Appointment made", ("On", "t+5"), ("At", "930"), ("Told", ""));
        page.ShouldSay("The patient does not know of the appointment yet.");
        page = await StepAsync(page, "Patient told", ("How", "phone"));
        page = await StepAsync(page, "Was seen", ("On", "t"));
        page = await StepAsync(page, "Reply received", ("On", "t"), ("Summary", "Stress echo normal"));
        page = (await page.PressAsync("Reply read, close")).ShouldSay("is closed.");
        (await page.PressAsync("Take back")).ShouldSay("reply received again.");
        await Practice.SettleAsync();

        var told = await Practice.HeardAsync<ReferralChanged>();
        Assert.Equal(["written", "checked", "sent", "booked", "booked", "seen", "replied", "closed", "replied"], told.Where(m => m.PatientId == patient).OrderBy(m => m.Version).Select(m => m.Step));
        Assert.Equal(Enumerable.Range(1, 9), told.Where(m => m.PatientId == patient).Select(m => m.Version).Order());
        // To another provider, for treatment: in the patient's disclosures, and in no accounting.
        Assert.Equal("care", await Practice.ValueAsync<string>("select purpose from patients.disclosures where patient_id = $1 and what = 'Referral: Letter and ECG' and address = 'Fax (555) 010-4455'", patient));
    }

    [Fact]
    public async Task The_same_form_sent_twice_is_one_referral_and_the_specialist_one_of_the_list()
    {
        var patient = await Practice.RegisterPatientAsync("Okafor", "Dee");
        using var desk = await Practice.SignInAsync("front-desk");
        var form = await desk.OpenAsync($"/referrals/referrals/write?patient={patient}");

        await form.SubmitAsync("form#write-referral", ("SpecialistName", "Tobias Kerr, MD"), ("Reason", "Knee"));
        await form.SubmitAsync("form#write-referral", ("SpecialistName", "Tobias Kerr, MD"), ("Reason", "Knee"));

        Assert.Equal(1L, await Practice.ValueAsync<long>("select count(*) from referrals.referrals where patient_id = $1", patient));
        Assert.Equal(1L, await Practice.ValueAsync<long>("select count(*) from referrals.specialists where name = 'Tobias Kerr, MD'"));
    }

    [Fact]
    public async Task Without_patient_or_words_nothing_is_written_and_nothing_typed_is_lost()
    {
        using var desk = await Practice.SignInAsync("front-desk");

        var again = await (await desk.OpenAsync("/referrals/referrals/write")).SubmitAsync("form#write-referral", ("PatientName", "Ibarra"), ("SpecialistName", "Mila Brandt, MD"), ("Npi", "123"));

        again.ShouldBe(HttpStatusCode.UnprocessableEntity).ShouldSay("Choose a patient from the list.").ShouldSay("Say what the specialist is asked.")
            .ShouldHave("input[name=SpecialistName][value='Mila Brandt, MD']").ShouldHave("input[name=Npi][value='123']");
    }

    [Fact]
    public async Task The_second_of_two_is_told_what_the_referral_is_now()
    {
        var patient = await Practice.RegisterPatientAsync("Quist", "Nora");
        using var one = await Practice.SignInAsync("front-desk");
        using var two = await Practice.SignInAsync("nurse");
        var page = await office.ReferAsync(one, patient, "Rowan Achebe, DO");
        var late = await (await two.OpenAsync(page.Path)).FollowAsync("Check coverage");

        await StepAsync(page, "Check coverage", ("Authorization", "none"));
        var refused = await late.SubmitAsync("form[action$='/check']", ("Authorization", "waiting"));

        refused.ShouldBe(HttpStatusCode.UnprocessableEntity).ShouldSay("Somebody changed this referral meanwhile: it is “coverage checked” now.");
    }

    [Fact]
    public async Task A_coverage_that_ends_before_the_visit_is_said_on_the_referral_and_in_the_inbox()
    {
        await Practice.ListenAsync<ReferralChanged>();
        var patient = await Practice.RegisterPatientAsync("Moss", "Cleo");
        var coverage = await CoverAsync(patient, until: null, version: 1);
        using var desk = await Practice.SignInAsync("front-desk");
        var page = await office.ReferAsync(desk, patient, "Dario Finch, MD");

        var ended = DateOnly.FromDateTime(Practice.Clock.GetUtcNow().DateTime).AddDays(-2);
        await CoverAsync(patient, ended, version: 2, coverage);
        (await desk.OpenAsync(page.Path)).ShouldSay("Find out who pays now");
        await CoverAsync(patient, until: null, version: 3, coverage);
        await CoverAsync(patient, ended, version: 4, coverage);

        Assert.Equal(1L, await Practice.ValueAsync<long>("select count(*) from core.tasks where patient_id = $1 and kind = 'referral' and title like 'Find out who pays for%'", patient));
        var told = (await Practice.HeardAsync<ReferralChanged>()).Where(m => m.PatientId == patient).OrderBy(m => m.Version);
        Assert.Equal(["1 False", $"2 True {ended:O}", "3 False", $"4 True {ended:O}"], told.Select(m => $"{m.Version} {m.CoverageEnded} {m.CoverageEndsOn:O}".TrimEnd()));
    }

    [Fact]
    public async Task A_biller_sees_the_list_and_takes_no_step()
    {
        using var biller = await Practice.SignInAsync("biller");

        Assert.Equal(HttpStatusCode.OK, await biller.StatusOfAsync("/referrals/referrals"));
        Assert.Equal(HttpStatusCode.Forbidden, await biller.StatusOfAsync("/referrals/referrals/write"));
        Assert.Equal(HttpStatusCode.Forbidden, await biller.StatusOfAsync("/referrals/referrals?format=csv"));
    }

    [Fact]
    public async Task What_nobody_answered_is_overdue_in_the_list_the_inbox_and_beside_the_patient()
    {
        // A practice of its own: the sessions of the other tests would end with these weeks.
        await using var practice = await TestPractice.StartAsync();
        var patient = await practice.RegisterPatientAsync("Hart", "Ben");
        using (var desk = await practice.SignInAsync("front-desk"))
        {
            await office.ReferAsync(desk, patient, "Prisca Odell, MD", "urgent");
        }

        practice.Clock.Pass(TimeSpan.FromDays(4) + TimeSpan.FromHours(2));
        await practice.RunJobAsync("referrals.overdue");

        using var later = await practice.SignInAsync("front-desk");
        (await later.OpenAsync("/referrals/referrals?show=overdue")).ShouldHave("tbody a[href^='/referrals/referrals/']", count: 1);
        (await later.OpenAsync("/patients?q=Hart")).ShouldSay("Referral overdue");
        Assert.Equal(1L, await practice.ValueAsync<long>("select count(*) from core.tasks where patient_id = $1 and kind = 'referral' and title like '%, overdue'", patient));
    }

    private async Task<Guid> CoverAsync(Guid patient, DateOnly? until, int version, Guid? coverage = null)
    {
        var id = coverage ?? Guid.CreateVersion7();
        await Practice.PublishAsync(new CoverageChanged(
            id, version, patient, "medical", null, 1, Guid.CreateVersion7(), "Harbor Health", null, "CI", "H100", null, null, "PPO", "ppo", "self",
            new("Nora", null, "Hart", null, new(1980, 1, 1), "F", null, null, null, null, null), new(2020, 1, 1), until, null, null, null, null, null, null));
        await Practice.SettleAsync();
        return id;
    }

    private static async Task<TestPage> StepAsync(TestPage page, string link, params (string, string)[] typed)
    {
        var form = await page.FollowAsync(link);
        return (await form.SubmitAsync("form[data-guard]", typed)).ShouldBe(HttpStatusCode.OK);
    }
}
