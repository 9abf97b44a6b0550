using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Bus;
using Modular.Patients.Charts;
using Modular.Patients.Contacts;
using Modular.Patients.Messages;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients;

public static class CoverageHeardHandler
{
    public static ConcurrentQueue<CoverageChanged> Heard { get; } = [];

    public static void Handle(CoverageChanged coverage) => Heard.Enqueue(coverage);
}

public static class GuarantorHeardHandler
{
    public static ConcurrentQueue<PatientChanged> Heard { get; } = [];

    public static void Handle(PatientChanged patient) => Heard.Enqueue(patient);
}

/// <summary>Whoever writes a claim or a bill hears of each change of what these name, as newer than before.</summary>
public sealed class SubscriberMessageTests : IAsyncLifetime
{
    private TestHost host = null!;
    private TestClient desk = null!;

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync(builder =>
        {
            builder.Services.AddSingleton(BusHost.Quick);
            var map = (HandlerMap)builder.Services.Last(s => s.ServiceType == typeof(HandlerMap)).ImplementationInstance!;
            builder.Services.AddSingleton(new HandlerMap([.. map.All, .. HandlerDiscovery.Find("core", [typeof(CoverageHeardHandler), typeof(GuarantorHeardHandler)])]));
        });
        desk = await host.SignInAsync(host.North, Roles.FrontDesk);
    }

    public async ValueTask DisposeAsync()
    {
        desk.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_patient_s_own_plan_is_told_again_when_the_patient_s_name_or_address_changes_and_not_otherwise()
    {
        await using var rows = new PatientRows(host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", new(1948, 1, 5));
        await SubmitAsync($"/patients/coverages/{patient.Id}/add", ("Form.NewPayer", $"Cascade {PatientRows.Tag()}"), ("Form.MemberId", "CHX 204"), ("Form.EffectiveFrom", "1/1/2025"));
        var id = await rows.Db.Coverages.Where(c => c.PatientId == patient.Id).Select(c => c.Id).SingleAsync();
        var edit = $"/patients/charts/{patient.Id}/edit";

        await SubmitAsync(edit, ("Form.Alert", "Hard of hearing"));
        await SubmitAsync(edit, ("Form.FirstName", "Eleonora"));
        await SubmitAsync($"/patients/addresses/{patient.Id}/add", ("Form.Kind", "confidential"), ("Form.Address", "9 Hill Road"), ("Form.City", "Ashfield"), ("Form.State", "OH"), ("Form.Zip", "44001"));
        await SubmitAsync($"/patients/coverages/{patient.Id}/{id}/edit", ("Form.MemberId", "CHX 205"));

        await host.North.UntilAsync("select count(*) from bus.inbox where queue = 'core.coverage-heard' and status = 'handled'", 4L);
        Assert.Equal(
            [(1, "Nora", null, "CHX 204"), (2, "Eleonora", null, "CHX 204"), (3, "Eleonora", "9 Hill Road", "CHX 204"), (4, "Eleonora", "9 Hill Road", "CHX 205")],
            CoverageHeardHandler.Heard.Where(c => c.CoverageId == id).OrderBy(c => c.Version).Select(c => (c.Version, c.Subscriber.FirstName, c.Subscriber.Address, c.MemberId)));
        Assert.Equal(2, await rows.Db.Coverages.Where(c => c.Id == id).Select(c => c.Version).SingleAsync());
    }

    [Fact]
    public async Task Who_pays_is_told_with_the_patient_from_the_first_day_to_the_last()
    {
        await using var rows = new PatientRows(host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Mia", new(2015, 1, 5), p => (p.Address, p.City, p.State, p.Zip) = ("18 Alder Ct", "Saugus", "MA", "01906"));

        await SubmitAsync($"/patients/contacts/{patient.Id}/add", ("Form.FirstName", "Ana"), ("Form.LastName", "Ruiz"), ("Form.Suffix", "II"), ("Form.Relationship", "parent"),
            ("Form.Phone", "5550102234"), ("Form.Guarantor", "true"));
        var contact = await rows.Db.Contacts.Where(c => c.PatientId == patient.Id).Select(c => c.Id).SingleAsync();
        var edit = $"/patients/contacts/{patient.Id}/{contact}/edit";
        await SubmitAsync(edit, ("Form.Address", "7 Elm Street"), ("Form.City", "Lynn"), ("Form.State", "MA"), ("Form.Zip", "01901"));
        // A person who does not pay is nobody else's business.
        await SubmitAsync($"/patients/contacts/{patient.Id}/add", ("Form.FirstName", "Bea"), ("Form.LastName", "Ruiz"), ("Form.Relationship", "friend"));
        await SubmitAsync(edit, ("Form.Guarantor", "false"));

        await host.North.UntilAsync($"select count(*) from bus.inbox where queue = 'core.guarantor-heard' and status = 'handled'", 3L);
        Assert.Equal(
        [
            new("Ana", null, "Ruiz", "II", "parent", "18 Alder Ct", null, "Saugus", "MA", "01906", "5550102234"),
            new("Ana", null, "Ruiz", "II", "parent", "7 Elm Street", null, "Lynn", "MA", "01901", "5550102234"),
            null,
        ], GuarantorHeardHandler.Heard.Where(p => p.PatientId == patient.Id).OrderBy(p => p.Version).Select(p => p.Guarantor));
    }

    [Fact]
    public async Task A_guarantor_whose_day_begins_or_ended_is_told_with_the_day()
    {
        await using var rows = new PatientRows(host);
        var today = WallTime.Today(TimeProvider.System, rows.Services.GetRequiredService<IPractice>().Zone);
        var (begins, ended, other) = (await rows.AddAsync(PatientRows.Tag(), "Ada", new(2015, 1, 5)), await rows.AddAsync(PatientRows.Tag(), "Bea", new(2015, 1, 5)), await rows.AddAsync(PatientRows.Tag(), "Cleo", new(2015, 1, 5)));
        foreach (var (who, from, to) in new (Patient, DateOnly, DateOnly?)[] { (begins, today, null), (ended, today.AddYears(-1), today.AddDays(-1)), (other, today.AddYears(-1), null) })
        {
            rows.Db.Add(new Contact { PatientId = who.Id, LastName = "Ruiz", Relationship = "parent", Guarantor = true, FromDate = from, ToDate = to });
        }

        await rows.Db.SaveChangesAsync();
        await Modular.Patients.Addresses.TellReachHandler.Handle(new(), rows.Db, rows.Services.GetRequiredService<IMessageBus>(), rows.Services.GetRequiredService<IPractice>(), TimeProvider.System, default);

        Assert.Equal([2, 2, 1], new[] { begins, ended, other }.Select(p => p.Version));
        var told = await rows.Db.ToldAsync([begins, ended, other], today, default);
        Assert.Equal(["Ruiz", null, "Ruiz"], told.Select(p => p.Guarantor?.LastName));
    }

    private async Task SubmitAsync(string address, params (string, string)[] typed)
    {
        using var answer = await desk.SubmitAsync(await desk.PageAsync(address), $"form[action='{address}']", typed);
        Assert.True(answer.StatusCode == System.Net.HttpStatusCode.Redirect, $"{address}: {await answer.Content.ReadAsStringAsync()}");
    }
}
