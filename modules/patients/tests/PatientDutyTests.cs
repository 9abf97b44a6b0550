using Microsoft.Extensions.DependencyInjection;
using Modular.Patients.Charts;
using Modular.Patients.Messages;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients;

/// <summary>What the module owes others: tasks for the desk, answers to questions, messages, and a snapshot for latecomers.</summary>
public sealed class PatientDutyTests(SharedHost shared)
{
    private const string Quick = "/patients/registrations/quick";

    private TestHost Host => shared.Host;

    [Fact]
    public async Task A_registration_with_gaps_is_a_task_until_the_gaps_are_filled()
    {
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        var (last, chart) = await RegisterAsync(desk);
        Assert.Contains($"Finish registration of Ada {last}: address", await TasksAsync(chart));

        var page = await desk.PageAsync($"{chart}/edit");
        await desk.SubmitAsync(page, "form[data-guard]", ("Form.Address", "18 Alder Ct"), ("Form.City", "Fairhaven"), ("Form.State", "OH"), ("Form.Zip", "44001"));

        Assert.Equal("", await TasksAsync(chart));
    }

    [Fact]
    public async Task Each_change_is_told_with_a_higher_version_and_the_language()
    {
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        var (last, chart) = await RegisterAsync(desk);
        var id = chart.Split('/')[^1];
        await Host.North.UntilAsync($"select count(*) from scheduling.patients where id = '{id}' and name = '{last}, Ada' and language = 'en' and version = 1", 1L);

        await desk.SubmitAsync(await desk.PageAsync($"{chart}/edit"), "form[data-guard]", ("Form.PreferredName", "Addy"), ("Form.Language", "es"));

        await Host.North.UntilAsync($"select count(*) from scheduling.patients where id = '{id}' and name = '{last}, Ada (Addy)' and language = 'es' and version = 2", 1L);
    }

    [Fact]
    public async Task Asked_for_patients_the_module_answers_with_those_it_has()
    {
        await using var rows = new PatientRows(Host);
        var known = await rows.AddAsync(PatientRows.Tag(), "Ada", new(1948, 1, 5), p => (p.Language, p.MobilePhone) = ("es", "5550104471"));
        await using var scope = Host.Scope(Host.North);

        var found = await scope.ServiceProvider.GetRequiredService<IMessageBus>().InvokeAsync<PatientsFound>(new FindPatients([known.Id, Guid.NewGuid()]));

        var told = Assert.Single(found!.Patients);
        Assert.Equal((known.Id, known.LastName, new DateOnly(1948, 1, 5), "5550104471", "es", true), (told.PatientId, told.LastName, told.BirthDate, told.Phone, told.Language, told.Active));
    }

    [Fact]
    public async Task A_latecomer_pages_through_everybody_once()
    {
        await using var rows = new PatientRows(Host);
        var added = new HashSet<Guid>();
        for (var i = 0; i < 5; i++)
        {
            added.Add((await rows.AddAsync(PatientRows.Tag(), "Ada", new(1948, 1, 5))).Id);
        }

        var (seen, snapshot, after) = (new List<Guid>(), new PatientSnapshot(rows.Db, rows.Services.GetRequiredService<IPractice>(), rows.Services.GetRequiredService<TimeProvider>()), (Guid?)null);
        while (await snapshot.PageAsync(after, null, 2, default) is { Count: > 0 } page)
        {
            Assert.All(page, row => Assert.Equal(row.Key, row.Message.PatientId));
            seen.AddRange(page.Select(row => row.Key));
            after = page[^1].Key;
        }

        Assert.Equal(seen.Distinct().Count(), seen.Count);
        Assert.Subset(seen.ToHashSet(), added);
    }

    private async Task<(string Last, string Chart)> RegisterAsync(TestClient desk)
    {
        var last = PatientRows.Tag();
        var answer = await desk.SubmitAsync(await desk.PageAsync(Quick), $"form[action='{Quick}']",
            ("Form.LastName", last), ("Form.FirstName", "Ada"), ("Form.BirthDate", "010548"), ("Form.Sex", "F"), ("Form.MobilePhone", "(555) 010-2233"));
        return (last, answer.Headers.Location!.ToString());
    }

    private Task<string> TasksAsync(string chart) =>
        Host.North.AskAsync<string>($"select coalesce(string_agg(title, '; '), '') from core.tasks where patient_id = '{chart.Split('/')[^1]}' and done_at is null");
}
