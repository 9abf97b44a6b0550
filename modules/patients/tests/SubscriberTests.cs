using System.Net;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Coverages;
using Modular.Patients.Messages;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients;

/// <summary>Whose plan a coverage is: typed in parts, told as a claim names them, the patient's own facts when it is the patient.</summary>
public sealed class SubscriberTests(SharedHost shared)
{
    private static readonly DateOnly Born = new(1948, 1, 5);

    private static string Add(Guid patient) => $"/patients/coverages/{patient}/add";

    private static async Task<HttpResponseMessage> SubmitAsync(TestClient desk, string address, params (string, string)[] typed) =>
        await desk.SubmitAsync(await desk.PageAsync(address), $"form[action='{address}']", typed);

    private static (string, string)[] Plan(string relationship, params (string, string)[] more) =>
        [("Form.NewPayer", $"Cascade {PatientRows.Tag()}"), ("Form.MemberId", "CHX 204"), ("Form.EffectiveFrom", "1/1/2026"), ("Form.Relationship", relationship), .. more];

    [Theory]
    [InlineData("Ana Ruiz", "Ana||Ruiz|")]
    [InlineData("Ruiz, Ana Maria", "Ana|Maria|Ruiz|")]
    [InlineData("Ruiz Gomez, Ana", "Ana||Ruiz Gomez|")]
    [InlineData("John Q. Public", "John|Q.|Public|")]
    [InlineData("Mr. John Public, Jr.", "John||Public|Jr.")]
    [InlineData("  Ana   Ruiz III ", "Ana||Ruiz|III")]
    [InlineData("Maria Garcia Lopez", "||Maria Garcia Lopez|")] // a middle name, or half of a family name
    [InlineData("Juan de la Cruz", "||Juan de la Cruz|")]
    [InlineData("Acme Painting, Inc.", "||Acme Painting, Inc.|")]
    [InlineData("Cher", "||Cher|")]
    [InlineData("Jr.", "||Jr.|")]
    public async Task A_name_is_taken_apart_only_where_there_is_one_way_to_read_it(string whole, string parts)
    {
        await using var rows = new PatientRows(shared.Host);

        Assert.Equal(parts, await shared.Host.North.AskAsync<string>(
            $"select concat_ws('|', coalesce(first_name, ''), coalesce(middle_name, ''), last_name, coalesce(suffix, '')) from patients.name_parts('{whole}')"));
    }

    [Fact]
    public async Task A_dependent_s_plan_is_typed_with_its_subscriber_and_told_with_it()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);

        var refused = await SubmitAsync(desk, Add(patient.Id), Plan("spouse", ("Form.SubscriberLastName", "Ruiz"), ("Form.SubscriberState", "Nowhere")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var page = await TestClient.ParseAsync(await refused.Content.ReadAsStringAsync());
        Assert.Equal("Ruiz", page.QuerySelector("[name='Form.SubscriberLastName']")!.GetAttribute("value"));
        Assert.Contains("Type the subscriber's first name.", page.QuerySelector(".field:has([name='Form.SubscriberFirstName'])")!.TextContent);
        Assert.NotNull(page.QuerySelector(".field:has([name='Form.SubscriberState']) .error"));

        var saved = await SubmitAsync(desk, Add(patient.Id), Plan("partner",
            ("Form.GroupNumber", "G7"), ("Form.GroupName", "Lakeside Cannery"), ("Form.SubscriberFirstName", "Ana"), ("Form.SubscriberMiddleName", "Maria"),
            ("Form.SubscriberLastName", "Ruiz"), ("Form.SubscriberSuffix", "II"), ("Form.SubscriberBirthDate", "3/4/1950"), ("Form.SubscriberSex", "F"),
            ("Form.SubscriberAddress", "7 Elm Street"), ("Form.SubscriberAddress2", "Unit 2"), ("Form.SubscriberCity", "Saugus"), ("Form.SubscriberState", "MA"), ("Form.SubscriberZip", "01906-1234")));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);

        var told = Assert.Single(await rows.Db.ToldAsync(rows.Db.Coverages.Where(c => c.PatientId == patient.Id), Born, default));
        Assert.Equal(new Subscriber("Ana", "Maria", "Ruiz", "II", new(1950, 3, 4), "F", "7 Elm Street", "Unit 2", "Saugus", "MA", "019061234"), told.Subscriber);
        Assert.Equal(("partner", "G7", "Lakeside Cannery", 1), (told.Relationship, told.GroupNumber, told.GroupName, told.Version));
        Assert.Contains("Life partner of Ana Maria Ruiz II, born 03/04/1950", (await desk.PageAsync($"/patients/charts/{patient.Id}")).QuerySelector("#coverage")!.TextContent);
    }

    [Fact]
    public async Task Beside_self_nothing_is_kept_and_a_case_may_be_an_employer_s()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born, p => (p.Address, p.City, p.State, p.Zip) = ("9 Oak Road", "Saugus", "MA", "01906"));
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        Assert.Equal(HttpStatusCode.Redirect, (await SubmitAsync(desk, Add(patient.Id), Plan("self", ("Form.SubscriberLastName", "Ruiz"), ("Form.SubscriberBirthDate", "no date")))).StatusCode);

        var own = Assert.Single(await rows.Db.ToldAsync(rows.Db.Coverages.Where(c => c.PatientId == patient.Id), Born, default));
        Assert.Equal(new Subscriber("Nora", null, patient.LastName, null, Born, "F", "9 Oak Road", null, "Saugus", "MA", "01906"), own.Subscriber);
        Assert.Null((await rows.Db.Coverages.AsNoTracking().SingleAsync(c => c.PatientId == patient.Id)).SubscriberLastName);

        var accident = Guid.CreateVersion7();
        await using var command = shared.Host.North.Database.CreateCommand($"""
            insert into patients.cases (id, patient_id, kind, title, accident_on, accident_state, employer, opened_on)
            values ('{accident}', '{patient.Id}', 'workers-comp', 'Wrist', '2026-01-01', 'MA', 'Lakeside Cannery', '2026-01-01')
            """);
        await command.ExecuteNonQueryAsync();
        Assert.Equal(HttpStatusCode.Redirect, (await SubmitAsync(desk, Add(patient.Id),
            Plan("employee", ("Form.Line", $"case {accident}"), ("Form.SubscriberLastName", "Lakeside Cannery")))).StatusCode);
        var theirs = await rows.Db.Coverages.AsNoTracking().SingleAsync(c => c.CaseId == accident);
        Assert.Equal(("Lakeside Cannery", false), (theirs.SubscriberName, theirs.LacksFirstName));
    }

    [Fact]
    public async Task A_name_that_could_not_be_taken_apart_is_marked_in_the_chart_until_it_is_put_right()
    {
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);
        var payer = new Payer { Name = $"Cascade {PatientRows.Tag()}" };
        var coverage = new Coverage { PatientId = patient.Id, PayerId = payer.Id, MemberId = "1", Relationship = "child", SubscriberLastName = "Maria Garcia Lopez", EffectiveFrom = new(2026, 1, 1) };
        rows.Db.AddRange(payer, coverage);
        await rows.Db.SaveChangesAsync();
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        const string mark = "The subscriber's first name is missing";
        Assert.Contains(mark, (await desk.PageAsync($"/patients/charts/{patient.Id}")).QuerySelector("#coverage")!.TextContent);

        await SubmitAsync(desk, $"/patients/coverages/{patient.Id}/{coverage.Id}/edit", ("Form.SubscriberFirstName", "Maria"), ("Form.SubscriberLastName", "Garcia Lopez"));

        Assert.DoesNotContain(mark, (await desk.PageAsync($"/patients/charts/{patient.Id}")).QuerySelector("#coverage")!.TextContent);
    }

    [Fact]
    public async Task A_plan_taken_over_for_a_child_names_the_parent_and_a_confidential_address_goes_to_nobody()
    {
        await using var rows = new PatientRows(shared.Host);
        var last = PatientRows.Tag();
        var mother = await rows.AddAsync(last, "Nora", Born, p => (p.MiddleName, p.Address, p.City, p.State, p.Zip) = ("Jane", "9 Oak Road", "Saugus", "MA", "01906"));
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        await SubmitAsync(desk, Add(mother.Id), Plan("self"));
        var household = $"/patients/registrations/household/{mother.Id}";

        async Task<Subscriber> ChildAsync(string first)
        {
            var answer = await SubmitAsync(desk, household, ("Form.FirstName", first), ("Form.LastName", last), ("Form.BirthDate", "2/3/2020"), ("Form.Sex", "F"));
            Assert.True(answer.StatusCode == HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
            var child = await rows.Db.Patients.AsNoTracking().SingleAsync(p => p.LastName == last && p.FirstName == first);
            return (await rows.Db.Coverages.AsNoTracking().SingleAsync(c => c.PatientId == child.Id)).HeldBy()!;
        }

        Assert.Equal(mother.AsSubscriber(Born), await ChildAsync("Mia"));
        await using var command = shared.Host.North.Database.CreateCommand($"""
            insert into patients.addresses (id, patient_id, kind, address, city, state, zip, from_date) values (gen_random_uuid(), '{mother.Id}', 'confidential', '9 Hill Road', 'Ashfield', 'OH', '44001', '2020-01-01')
            """);
        await command.ExecuteNonQueryAsync();
        Assert.Equal(new Subscriber("Nora", "Jane", last, null, Born, "F", null, null, null, null, null), await ChildAsync("Zoe"));
    }
}
