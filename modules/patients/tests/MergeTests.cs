using System.Net;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Duplicates;
using Modular.Patients.Alerts;
using Modular.Patients.Charts;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients;

/// <summary>Two records of one person: found, compared, merged, taken back.</summary>
public sealed class MergeTests(SharedHost shared)
{
    private static readonly DateOnly Born = new(1948, 3, 4);

    private static async Task<(Patient Kept, Patient Gone)> PairAsync(PatientRows rows)
    {
        var last = PatientRows.Tag();
        var pair = (await rows.AddAsync(last, "María", Born), await rows.AddAsync(last.ToUpperInvariant(), "Maria", Born, p => p.MobilePhone = "5550102233"));
        rows.Db.Add(new Alert { PatientId = pair.Item2.Id, Text = "Fall risk", FromDate = new(2026, 1, 1), AddedBy = "x" });
        await rows.Db.SaveChangesAsync();
        return pair;
    }

    private static string Address(Patient kept, Patient gone) => $"/patients/merges/merge?keep={kept.Id}&gone={gone.Id}";

    [Fact]
    public async Task A_merge_is_previewed_moves_what_hangs_on_the_record_and_is_taken_back()
    {
        await using var rows = new PatientRows(shared.Host);
        var (kept, gone) = await PairAsync(rows);
        using var manager = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);
        var page = await manager.PageAsync(Address(kept, gone));
        Assert.Contains("Alerts", page.QuerySelector("main")!.TextContent);
        Assert.Equal(gone.Id, (await rows.Db.Alerts.AsNoTracking().SingleAsync(a => a.PatientId == gone.Id)).PatientId);

        var merged = await manager.SubmitAsync(page, "form[action='/patients/merges/merge']", ("Reason", "same license"));

        Assert.Equal(HttpStatusCode.Redirect, merged.StatusCode);
        Assert.Contains("Fall risk", (await manager.PageAsync($"/patients/charts/{kept.Id}")).QuerySelector("#reach")!.TextContent);
        Assert.Equal($"/patients/charts/{kept.Id}", (await manager.GetAsync($"/patients/charts/{gone.Id}")).Headers.Location!.ToString());
        Assert.DoesNotContain(gone.RecordNumber, (await manager.PageAsync($"/patients?q={gone.LastName}")).QuerySelector("#patients")!.TextContent.Split(' ', '\n'));

        var list = await manager.PageAsync("/patients/merges");
        var undo = list.QuerySelectorAll("tr").Single(r => r.TextContent.Contains(gone.RecordNumber)).QuerySelector("form")!.GetAttribute("action")!;
        Assert.Equal(HttpStatusCode.Redirect, (await manager.SubmitAsync(list, $"form[action='{undo}']")).StatusCode);
        Assert.Equal(gone.Id, (await rows.Db.Alerts.AsNoTracking().SingleAsync(a => a.Text == "Fall risk" && a.PatientId == gone.Id)).PatientId);
        Assert.Equal(HttpStatusCode.OK, (await manager.GetAsync($"/patients/charts/{gone.Id}")).StatusCode);
    }

    [Fact]
    public async Task Of_two_people_who_merge_the_same_pair_one_does_and_the_other_is_told()
    {
        await using var rows = new PatientRows(shared.Host);
        var (kept, gone) = await PairAsync(rows);
        using var one = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);
        using var other = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);
        TestClient[] desks = [one, other];
        var pages = new[] { await one.PageAsync(Address(kept, gone)), await other.PageAsync(Address(kept, gone)) };

        var answers = await Task.WhenAll(desks.Zip(pages, (desk, page) => desk.SubmitAsync(page, "form[action='/patients/merges/merge']", ("Reason", "same license"))));

        Assert.All(answers, a => Assert.Equal((HttpStatusCode.Redirect, $"/patients/charts/{kept.Id}"), (a.StatusCode, a.Headers.Location!.ToString())));
        var said = new[] { (await one.PageAsync($"/patients/charts/{kept.Id}")).Body!.TextContent, (await other.PageAsync($"/patients/charts/{kept.Id}")).Body!.TextContent };
        Assert.Single(said, s => s.Contains("Somebody else merged these records", StringComparison.Ordinal));
        Assert.Single(said, s => s.Contains($"{gone.RecordNumber} is merged into {kept.RecordNumber}", StringComparison.Ordinal));
        Assert.Equal(1, await rows.Db.Database.SqlQuery<int>($"select count(*)::int as \"Value\" from core.patient_merges where gone_id = {gone.Id}").SingleAsync());
    }

    [Fact]
    public async Task The_pair_is_on_the_work_list_until_somebody_says_they_are_different()
    {
        await using var rows = new PatientRows(shared.Host);
        var (kept, gone) = await PairAsync(rows);
        using var manager = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);
        await manager.SubmitAsync(await manager.PageAsync("/patients/duplicates"), "form[action='/patients/duplicates/search']");
        var pair = await rows.Db.Duplicates.AsNoTracking().SingleAsync(d => (d.FirstId == kept.Id && d.SecondId == gone.Id) || (d.FirstId == gone.Id && d.SecondId == kept.Id));
        var list = await manager.PageAsync("/patients/duplicates");

        await manager.SubmitAsync(list, "form[action='/patients/duplicates']", ("id", pair.Id.ToString()));
        await manager.SubmitAsync(list, "form[action='/patients/duplicates/search']");

        Assert.Equal(DuplicateState.Different, (await rows.Db.Duplicates.AsNoTracking().SingleAsync(d => d.Id == pair.Id)).State);
    }

    [Theory]
    [InlineData("Garcia", "Maria", "1948-03-04", "F", "Maria", "García", "1948-03-04", "F", true)] // first and last name swapped
    [InlineData("Garcia", "Maria", "1948-03-04", "F", "Garcia", "Maria", "1948-04-03", "F", true)] // day and month swapped
    [InlineData("Garcia", "Maria", "1948-03-04", "F", "Garsia", "María", "1948-03-04", "F", false)] // a guess: shown only with a phone or number beside it
    [InlineData("Garcia", "Ana", "2015-03-04", "F", "Garcia", "Luz", "2015-03-04", "F", false)] // twins
    [InlineData("Garcia", "Jose", "1948-03-04", "M", "Garcia", "Josefa", "1948-03-04", "F", false)]
    public async Task The_score_is_the_same_from_both_sides_and_tells_twins_from_one_person(
        string last, string first, string born, string sex, string otherLast, string otherFirst, string otherBorn, string otherSex, bool likely)
    {
        await using var rows = new PatientRows(shared.Host);
        var (a, b) = (Row(last, first, born, sex), Row(otherLast, otherFirst, otherBorn, otherSex));
        var scores = await rows.Db.Database.SqlQuery<int>($"""
            select patients.duplicate_score(jsonb_populate_record(null::patients.patients, {a}::jsonb), jsonb_populate_record(null::patients.patients, {b}::jsonb)) as "Value"
            union all
            select patients.duplicate_score(jsonb_populate_record(null::patients.patients, {b}::jsonb), jsonb_populate_record(null::patients.patients, {a}::jsonb))
            """).ToListAsync();

        Assert.Equal(scores[0], scores[1]);
        Assert.Equal(likely, scores[0] >= Modular.Patients.Duplicates.Duplicate.Likely);
    }

    private static string Row(string last, string first, string born, string sex) =>
        $$"""{"last_name": "{{last}}", "first_name": "{{first}}", "birth_date": "{{born}}", "sex": "{{sex}}", "former_names": []}""";
}
