using System.Net;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Coverages;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients;

public sealed class CoverageTests(SharedHost shared)
{
    private static readonly DateOnly Born = new(1948, 1, 5);

    private static string Add(Guid patient) => $"/patients/coverages/{patient}/add";

    private static (string, string)[] Typed(string payer, string from, string to = "", string rank = "1") =>
        [("Form.Rank", rank), ("Form.NewPayer", payer), ("Form.MemberId", "CHX 204"), ("Form.EffectiveFrom", from), ("Form.EffectiveTo", to)];

    [Fact]
    public async Task A_second_primary_over_the_same_days_is_refused_with_the_days_of_the_first()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        var (form, payer) = ($"form[action='{Add(patient.Id)}']", $"Cascade {PatientRows.Tag()}");
        var page = await desk.PageAsync(Add(patient.Id));
        Assert.Equal(HttpStatusCode.Redirect, (await desk.SubmitAsync(page, form, Typed(payer, "1/1/2025", "12/31/2025"))).StatusCode);

        var refused = await desk.SubmitAsync(page, form, Typed(payer, "12/31/2025"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains($"{payer} is already primary 01/01/2025 to 12/31/2025.", await refused.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await desk.SubmitAsync(page, form, Typed(payer, "12/31/2025", rank: "2"))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await desk.SubmitAsync(page, form, Typed(payer, "1/1/2026"))).StatusCode);
        Assert.Equal(1, await rows.Db.Payers.CountAsync(p => p.Name == payer));
    }

    [Fact]
    public async Task The_database_refuses_the_overlap_also_to_two_people_at_once()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        var payer = new Payer { Name = $"Cascade {PatientRows.Tag()}" };
        rows.Db.Add(payer);
        await rows.Db.SaveChangesAsync();
        var page = await desk.PageAsync(Add(patient.Id));

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => desk.SubmitAsync(page, $"form[action='{Add(patient.Id)}']",
            [.. Typed("", "1/1/2026"), ("Form.Payer", payer.Id.ToString())])));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Redirect);
        Assert.Equal(4, answers.Count(a => a.StatusCode == HttpStatusCode.UnprocessableEntity));
        Assert.Equal(1, await rows.Db.Coverages.CountAsync(c => c.PatientId == patient.Id));
    }

    [Fact]
    public async Task A_coverage_is_ended_and_makes_room_for_the_next()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        var payer = $"Cascade {PatientRows.Tag()}";
        await desk.SubmitAsync(await desk.PageAsync(Add(patient.Id)), $"form[action='{Add(patient.Id)}']", Typed(payer, "1/1/2025"));
        var id = await rows.Db.Coverages.Where(c => c.PatientId == patient.Id).Select(c => c.Id).SingleAsync();
        var end = $"/patients/coverages/{patient.Id}/{id}/end";

        var early = await desk.SubmitAsync(await desk.PageAsync(end), $"form[action='{end}']", ("Form.LastDay", "12/31/2024"));
        Assert.Contains("it cannot end before", await early.Content.ReadAsStringAsync());
        var ended = await desk.SubmitAsync(await desk.PageAsync(end), $"form[action='{end}']", ("Form.LastDay", "3/31/2025"));
        Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);

        Assert.Equal(new DateOnly(2025, 3, 31), await rows.Db.Coverages.Where(c => c.Id == id).Select(c => c.EffectiveTo).SingleAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await desk.SubmitAsync(await desk.PageAsync(Add(patient.Id)), $"form[action='{Add(patient.Id)}']", Typed(payer, "4/1/2025"))).StatusCode);
    }

    [Fact]
    public async Task A_coverage_of_one_chart_is_not_found_through_another()
    {
        await using var rows = new PatientRows(shared.Host);
        var (mine, other) = (await rows.AddAsync(PatientRows.Tag(), "Nora", Born), await rows.AddAsync(PatientRows.Tag(), "Zoe", Born));
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        await desk.SubmitAsync(await desk.PageAsync(Add(mine.Id)), $"form[action='{Add(mine.Id)}']", Typed("Cascade", "1/1/2025"));
        var id = await rows.Db.Coverages.Where(c => c.PatientId == mine.Id).Select(c => c.Id).SingleAsync();

        Assert.Equal(HttpStatusCode.OK, (await desk.GetAsync($"/patients/coverages/{mine.Id}/{id}/edit")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await desk.GetAsync($"/patients/coverages/{other.Id}/{id}/edit")).StatusCode);
    }

    [Fact]
    public async Task Of_two_people_who_change_a_coverage_the_later_sees_both_versions()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        await desk.SubmitAsync(await desk.PageAsync(Add(patient.Id)), $"form[action='{Add(patient.Id)}']", Typed("Cascade", "1/1/2025"));
        var id = await rows.Db.Coverages.Where(c => c.PatientId == patient.Id).Select(c => c.Id).SingleAsync();
        var edit = $"/patients/coverages/{patient.Id}/{id}/edit";
        var (first, second) = (await desk.PageAsync(edit), await desk.PageAsync(edit));

        await desk.SubmitAsync(first, $"form[action='{edit}']", ("Form.MemberId", "ONE"));
        var late = await desk.SubmitAsync(second, $"form[action='{edit}']", ("Form.MemberId", "TWO"));

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        var page = await TestClient.ParseAsync(await late.Content.ReadAsStringAsync());
        Assert.Equal(["ONE", "TWO"], page.QuerySelectorAll("#conflict td").Select(c => c.TextContent));
    }

    [Theory]
    [InlineData("2025-01-01", "2025-12-31", "2025-12-31", null, true)]
    [InlineData("2025-01-01", "2025-12-31", "2026-01-01", null, false)]
    [InlineData("2025-01-01", null, "2030-01-01", "2030-01-02", true)]
    [InlineData("2025-06-01", null, "2025-01-01", "2025-05-31", false)]
    public void Days_overlap_when_one_day_is_in_both(string from, string? to, string otherFrom, string? otherTo, bool overlaps)
    {
        static DateOnly? Day(string? text) => text is null ? null : DateOnly.Parse(text);
        var coverage = new Coverage { EffectiveFrom = Day(from)!.Value, EffectiveTo = Day(to) };

        Assert.Equal(overlaps, coverage.Overlaps(Day(otherFrom)!.Value, Day(otherTo)));
    }
}
