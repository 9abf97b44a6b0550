using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Patients;
using Modular.Patients.Demo;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients;

public sealed class DemoTests
{
    private sealed class Defaults : ISettings<PatientsSettings>
    {
        public ValueTask<PatientsSettings> GetAsync(Guid? locationId = null, CancellationToken ct = default) => new(new PatientsSettings());
    }

    [Fact]
    public async Task The_demo_practice_has_two_thousand_patients_once_and_some_registered_today()
    {
        await using var host = await TestHost.StartAsync();
        await using var rows = new PatientRows(host);
        var practice = rows.Services.GetRequiredService<IPractice>();
        var demo = new DemoPatients(rows.Db, rows.Services.GetRequiredService<IMessageBus>(), rows.Services.GetRequiredService<IFiles>(), new Defaults(), practice, TimeProvider.System);
        var day = new DateOnly(2026, 11, 21);

        var watch = Stopwatch.StartNew();
        await demo.SeedAsync(day, default);
        TestContext.Current.TestOutputHelper!.WriteLine($"seeded in {watch.Elapsed.TotalSeconds:0.0} s");
        await demo.SeedAsync(day.AddDays(1), default);

        var patients = await rows.Db.Patients.AsNoTracking().ToListAsync();
        Assert.Equal(2000, patients.Count);
        Assert.Equal(2000, patients.Select(p => p.RecordNumber).Distinct().Count());
        Assert.Contains(patients, p => p.Restricted);
        Assert.Contains(patients, p => p.BirthDate > day.AddYears(-18));
        Assert.Contains(patients, p => p.LastName.Length > 25);
        Assert.InRange(await rows.Db.Duplicates.CountAsync(), 4, 40);
        Assert.InRange(await rows.Db.Cases.CountAsync(), 8, 40);
        Assert.InRange(await rows.Db.Contacts.CountAsync(), 1000, 4000);
        Assert.Equal(8, await rows.Db.PhoneMessages.CountAsync());
        Assert.Equal(12, patients.Count(p => p.PhotoId is not null));
        Assert.Equal(7, await rows.Db.Set<Modular.Patients.Alerts.Alert>().CountAsync());
        Assert.InRange(await rows.Db.Coverages.CountAsync(), 2000, 4000);
        var (from, to) = WallTime.Day(day.AddDays(1), practice.Zone);
        Assert.Equal(7, patients.Count(p => p.RegisteredAt >= from && p.RegisteredAt < to));
        Assert.Equal(7, patients.Count(p => p.ToFinish.Count > 0));
    }
}
