using Modular.Patients.Messages;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Scheduling;

/// <summary>What a patient takes home: a card of one visit, a sheet of all of them.</summary>
[Collection(typeof(AtTheClinic))]
public sealed class CardTests(Clinic clinic)
{
    [Theory]
    [InlineData("en", "en", "Your next visits", "Thursday, June 18, 2026", "2:40 pm")]
    [InlineData("es", "es", "Sus próximas citas", "jueves 18 de junio de 2026", "2:40 p. m.")]
    [InlineData("vi", "en", "Your next visits", "Thursday, June 18, 2026", "2:40 pm")]
    public async Task The_sheet_is_in_the_patients_language_and_english_for_others(string language, string read, string title, string day, string time)
    {
        var provider = await clinic.AddProviderAsync($"Dr. Card {language}");
        var patient = Guid.CreateVersion7();
        await clinic.Host.PublishAsync(clinic.North, new PatientChanged(patient, 1, $"C{language}", "Inés", "Kaur", null, new(1980, 1, 1), "F", null, null, false, true, language));
        await clinic.North.UntilAsync($"select language from scheduling.patients where id = '{patient}' union all select '' limit 1", language);
        using var desk = await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk);
        var later = await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(18, "14:40")));
        await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(17, "09:00")));

        var card = await desk.PageAsync($"/scheduling/prints/next-visits/{patient}");

        Assert.Equal(read, card.DocumentElement.GetAttribute("lang"));
        Assert.Equal(title, card.QuerySelector("h1")!.TextContent);
        Assert.Contains("Inés Kaur", card.QuerySelector("article")!.TextContent);
        var rows = card.QuerySelectorAll("tbody tr").Select(r => r.TextContent).ToList();
        Assert.Equal(2, rows.Count);
        Assert.Contains(day, rows[1]);
        Assert.Contains(time, rows[1]);
        var pocket = (await desk.PageAsync($"/scheduling/appointments/{later}/card")).QuerySelector("article")!.TextContent;
        Assert.Contains(day, pocket);
        Assert.Contains(read == "es" ? "Su próxima cita" : "Your next visit", pocket);

        Assert.Equal(1L, await clinic.AskAsync<long>($"select count(*) from audit.entries where what = 'next visits' and '{patient}' = any(patient_ids)"));
    }

    [Fact]
    public async Task A_patient_without_another_visit_reads_so()
    {
        var provider = await clinic.AddProviderAsync("Dr. Last Card");
        var patient = (await clinic.AddPatientsAsync(1))[0];
        using var desk = await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk);
        var visit = await clinic.BookAsync(desk, Clinic.Form(patient, clinic.FollowUp, provider, Clinic.At(18, "14:40")));
        await clinic.StepAsync(desk, visit, "cancel", null, ("Reason", "Patient asked"));

        var card = await desk.PageAsync($"/scheduling/appointments/{visit}/card");

        Assert.Contains("No visit is booked.", card.QuerySelector("article")!.TextContent);
        Assert.Empty(card.QuerySelectorAll("dl"));
    }
}
