using Modular.Sdk;
using Modular.Tests.Harness;
using Modular.Tests.Patients;

namespace Modular.Tests.Frame;

/// <summary>
/// Questions to the database of the three pages an office has open all day, the second time they are asked. A page that grows one
/// more should be a decision, not an accident.
/// </summary>
public sealed class QueryCountTests(SharedHost shared)
{
    [Fact]
    public async Task The_day_list_asks_for_its_mark_and_the_counts_around_it_and_notes_who_looked()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        var url = $"/scheduling/days/2026-06-10?location={TestHost.NorthMain}";
        await desk.PageAsync(url);

        await AtMostAsync(3, desk, url);
    }

    [Fact]
    public async Task Typing_a_name_asks_once_for_the_patients_once_for_each_module_s_marks_and_notes_who_looked()
    {
        await using var rows = new PatientRows(shared.Host);
        var tag = PatientRows.Tag();
        await rows.AddAsync($"{tag}garcia", "Maria", new(1948, 1, 5));
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        var url = $"/patients?q={tag}+mar";
        await desk.PageAsync(url);

        // Patients, the access log, and the marks of patients, scheduling and referrals.
        await AtMostAsync(5, desk, url, ("HX-Request", "true"), ("HX-Target", "patients"));
    }

    [Fact]
    public async Task The_chart_asks_a_bounded_number_of_questions_whatever_modules_add_to_it()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Maria", new(1948, 1, 5));
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        await desk.PageAsync($"/patients/charts/{patient.Id}");

        // Nine kinds of facts about a patient are nine tables; the rest is the access log, the banner, the contact log, other modules' panels and the frame.
        await AtMostAsync(20, desk, $"/patients/charts/{patient.Id}");
    }

    private static async Task AtMostAsync(int most, TestClient desk, string url, params (string, string)[] headers)
    {
        var asked = await QueryCount.OfAsync(desk, url, headers);

        Assert.NotEmpty(asked);
        Assert.True(asked.Count <= most, $"{asked.Count} questions, not {most}:\n{string.Join("\n---\n", asked)}");
    }
}
