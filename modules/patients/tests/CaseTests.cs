using System.Net;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Cases;
using Modular.Patients.Coverages;
using Modular.Sdk;
using Modular.Tests.Harness;
using Npgsql;

namespace Modular.Tests.Patients;

/// <summary>Workers' compensation, auto and carve-outs beside the health plan.</summary>
public sealed class CaseTests(SharedHost shared)
{
    private static readonly DateOnly Born = new(1968, 1, 5);

    private static async Task<HttpResponseMessage> SubmitAsync(TestClient desk, string address, params (string, string)[] typed) =>
        await desk.SubmitAsync(await desk.PageAsync(address), $"form[action='{address}']", typed);

    private static (string, string)[] Covered(string line, string payer) =>
        [("Form.Line", line), ("Form.Rank", "1"), ("Form.NewPayer", payer), ("Form.MemberId", "CHX 204"), ("Form.EffectiveFrom", "1/1/2026"), ("Form.CopayOffice", "$25")];

    [Fact]
    public async Task A_case_has_a_primary_of_its_own_beside_the_health_plan_and_only_one()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        var (add, payer) = ($"/patients/coverages/{patient.Id}/add", $"Cascade {PatientRows.Tag()}");

        var opened = await SubmitAsync(desk, $"/patients/cases/{patient.Id}/add", ("Form.Kind", "workers-comp"), ("Form.AccidentOn", "3/1/2026"), ("Form.AccidentState", "ny"),
            ("Form.Employer", "Cannery"), ("Form.ClaimNumber", "WC-1"), ("Form.Adjuster", "Wanda"), ("Form.AdjusterPhone", "5550107711"), ("Form.OpenedOn", "3/2/2026"));
        Assert.Equal(HttpStatusCode.Redirect, opened.StatusCode);
        var hurt = await rows.Db.Cases.AsNoTracking().SingleAsync(c => c.PatientId == patient.Id);
        Assert.Equal("Workers' compensation, 03/01/2026", hurt.Title);
        foreach (var line in new[] { "medical", "dental", $"case {hurt.Id}" })
        {
            Assert.Equal(HttpStatusCode.Redirect, (await SubmitAsync(desk, add, Covered(line, payer))).StatusCode);
        }

        var second = await SubmitAsync(desk, add, Covered($"case {hurt.Id}", payer));
        Assert.Contains("is already primary in this case", await second.Content.ReadAsStringAsync());
        var chart = (await desk.PageAsync($"/patients/charts/{patient.Id}")).QuerySelector("#coverage")!.TextContent;
        Assert.Contains("claim WC-1", chart);
        Assert.Contains("office $25.00", chart);
    }

    [Fact]
    public async Task The_database_refuses_a_second_primary_of_one_case_and_a_case_without_its_line()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);
        var hurt = new Case { PatientId = patient.Id, Kind = "liability", Title = "Fall", AccidentOn = new(2026, 3, 1), OpenedOn = new(2026, 3, 1) };
        var payer = new Payer { Name = $"Cascade {PatientRows.Tag()}" };
        rows.Db.AddRange(hurt, payer, One());
        await rows.Db.SaveChangesAsync();

        rows.Db.Add(One());
        var twice = await Assert.ThrowsAsync<DbUpdateException>(() => rows.Db.SaveChangesAsync());
        rows.Db.ChangeTracker.Clear();
        var stray = One();
        stray.BenefitLine = Coverage.Medical;
        rows.Db.Add(stray);
        var lost = await Assert.ThrowsAsync<DbUpdateException>(() => rows.Db.SaveChangesAsync());

        Assert.Equal(["coverages_one_per_rank", "coverages_case"], new[] { twice, lost }.Select(e => ((PostgresException)e.InnerException!).ConstraintName));

        Coverage One() => new() { PatientId = patient.Id, PayerId = payer.Id, BenefitLine = Coverage.OfCase, CaseId = hurt.Id, MemberId = "1", EffectiveFrom = new(2026, 3, 1) };
    }

    [Fact]
    public async Task A_workers_compensation_case_asks_for_employer_and_state()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);

        var refused = await SubmitAsync(desk, $"/patients/cases/{patient.Id}/add", ("Form.AccidentOn", "3/1/2026"));

        var text = (await TestClient.ParseAsync(await refused.Content.ReadAsStringAsync())).QuerySelector(".errors")!.TextContent;
        Assert.Contains("needs the employer", text);
        Assert.Contains("state of the accident", text);
    }

    [Fact]
    public async Task Verifying_a_coverage_says_who_looked_and_how()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        await SubmitAsync(desk, $"/patients/coverages/{patient.Id}/add", Covered("medical", $"Cascade {PatientRows.Tag()}"));
        var coverage = await rows.Db.Coverages.AsNoTracking().SingleAsync(c => c.PatientId == patient.Id);
        Assert.Contains("Not verified yet", (await desk.PageAsync($"/patients/charts/{patient.Id}")).QuerySelector("#coverage")!.TextContent);

        var done = await SubmitAsync(desk, $"/patients/coverage-cards/{patient.Id}/{coverage.Id}/verify", ("Form.How", "phone"));

        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        Assert.Contains("By phone", (await desk.PageAsync($"/patients/charts/{patient.Id}")).QuerySelector("#coverage")!.TextContent);
        Assert.NotNull((await rows.Db.Coverages.AsNoTracking().SingleAsync(c => c.Id == coverage.Id)).VerifiedAt);
    }
}
