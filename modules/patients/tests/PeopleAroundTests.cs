using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Patients.Addresses;
using Modular.Patients.Charts;
using Modular.Patients.Contacts;
using Modular.Patients.Minors;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients;

/// <summary>Contacts, guarantors, parents, and how a patient is reached.</summary>
public sealed class PeopleAroundTests(SharedHost shared)
{
    private static readonly DateOnly Born = new(1948, 1, 5);

    private static string Add(Guid patient) => $"/patients/contacts/{patient}/add";

    private static async Task<HttpResponseMessage> SubmitAsync(TestClient desk, string address, params (string, string)[] typed) =>
        await desk.SubmitAsync(await desk.PageAsync(address), $"form[action='{address}']", typed);

    [Fact]
    public async Task A_minor_misses_a_guarantor_until_a_parent_is_added_who_pays()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        await using var rows = new PatientRows(shared.Host);
        var last = PatientRows.Tag();
        await SubmitAsync(desk, "/patients/registrations/full", ("Form.LastName", last), ("Form.FirstName", "Mia"), ("Form.BirthDate", "1/5/2020"), ("Form.Sex", "F"),
            ("Form.Address", "18 Alder Ct"), ("Form.City", "Saugus"), ("Form.State", "MA"), ("Form.Zip", "01906"), ("Form.MobilePhone", "5550102233"));
        var child = await rows.Db.Patients.AsNoTracking().SingleAsync(p => p.LastName == last);
        Assert.Equal(["guarantor"], child.ToFinish);

        var added = await SubmitAsync(desk, Add(child.Id), ("Form.FirstName", "Ana"), ("Form.LastName", "Ruiz"), ("Form.Relationship", "parent"), ("Form.Phone", "5550102234"),
            ("Form.Emergency", "1"), ("Form.Guarantor", "true"), ("Form.Authority", "parent"));

        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        Assert.Empty((await rows.Db.Patients.AsNoTracking().SingleAsync(p => p.Id == child.Id)).ToFinish);
        var contact = await rows.Db.Contacts.AsNoTracking().SingleAsync(c => c.PatientId == child.Id);
        Assert.True(contact.MayDiscuss, "Who decides is told what they decide about.");
        Assert.Contains("Ana Ruiz", (await desk.PageAsync($"/patients/charts/{child.Id}")).QuerySelector("#people")!.TextContent);
    }

    [Fact]
    public async Task A_second_guarantor_on_the_same_days_is_refused_by_the_database_with_a_sentence()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);
        (string, string)[] typed = [("Form.FirstName", "Ana"), ("Form.LastName", "Ruiz"), ("Form.Relationship", "spouse"), ("Form.Guarantor", "true")];
        Assert.Equal(HttpStatusCode.Redirect, (await SubmitAsync(desk, Add(patient.Id), typed)).StatusCode);

        var refused = await SubmitAsync(desk, Add(patient.Id), typed);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var page = await TestClient.ParseAsync(await refused.Content.ReadAsStringAsync());
        Assert.Contains("Another guarantor pays on these days", page.QuerySelector(".errors")!.TextContent);
        Assert.Equal("Ruiz", page.QuerySelector("[name='Form.LastName']")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Whom_to_call_in_an_emergency_needs_a_phone()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);

        var refused = await SubmitAsync(desk, Add(patient.Id), ("Form.FirstName", "Ana"), ("Form.LastName", "Ruiz"), ("Form.Relationship", "friend"), ("Form.Emergency", "1"));

        Assert.Contains("needs a phone number", await refused.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Of_two_people_who_change_a_contact_the_later_sees_both_versions()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        await using var rows = new PatientRows(shared.Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);
        await SubmitAsync(desk, Add(patient.Id), ("Form.FirstName", "Ana"), ("Form.LastName", "Ruiz"), ("Form.Relationship", "friend"));
        var edit = $"/patients/contacts/{patient.Id}/{await rows.Db.Contacts.Where(c => c.PatientId == patient.Id).Select(c => c.Id).SingleAsync()}/edit";
        var (first, second) = (await desk.PageAsync(edit), await desk.PageAsync(edit));

        await desk.SubmitAsync(first, $"form[action='{edit}']", ("Form.LastName", "ONE"));
        var late = await desk.SubmitAsync(second, $"form[action='{edit}']", ("Form.LastName", "TWO"));

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Equal(["ONE", "TWO"], (await TestClient.ParseAsync(await late.Content.ReadAsStringAsync())).QuerySelectorAll("#conflict td").Select(c => c.TextContent));
    }

    [Fact(DisplayName = "45 CFR 164.522(b): a confidential way stands alone, and what it leaves empty is filled from nowhere")]
    public void A_confidential_way_stands_alone()
    {
        var day = new DateOnly(2026, 6, 1);
        var patient = new Patient { Address = "18 Alder Ct", City = "Saugus", MobilePhone = "5550102233", Email = "home@example.com" };
        OtherAddress[] others = [
            new() { Kind = OtherAddress.Mailing, Address = "PO Box 7", FromDate = day.AddYears(-1) },
            new() { Kind = OtherAddress.Confidential, Phone = "5550109999", FromDate = day }];

        Assert.Equal(new Reach(null, null, null, null, null, null, "5550109999", null, true), Reach.Of(patient, others, day));
        Assert.Equal(("PO Box 7", "5550102233", false), Reach.Of(patient, others, day.AddDays(-1)) is var r ? (r.Address, r.Phone, r.Confidential) : default);
        Assert.Equal("18 Alder Ct", Reach.Of(patient, [], day).Address);
    }

    [Fact]
    public async Task The_birthday_of_age_is_a_task_once_and_closing_it_ends_the_parents_say()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        await using var rows = new PatientRows(shared.Host);
        var (practice, clock) = (rows.Services.GetRequiredService<IPractice>(), rows.Services.GetRequiredService<TimeProvider>());
        var born = WallTime.Today(clock, practice.Zone).AddYears(-18);
        var patient = await AddRegisteredAsync(rows, born);
        rows.Db.Add(new Contact { PatientId = patient.Id, FirstName = "Ana", LastName = "Ruiz", Relationship = "parent", Authority = "parent", Guarantor = true, FromDate = born });
        await rows.Db.SaveChangesAsync();

        for (var night = 0; night < 2; night++)
        {
            await FindBirthdaysHandler.Handle(new(), rows.Db, new Defaults(), practice, clock, default);
        }

        var review = await rows.Db.AgeReviews.AsNoTracking().SingleAsync(r => r.PatientId == patient.Id);
        Assert.True(review.Adult);
        var address = $"/patients/minors/{patient.Id}/{review.Id}";
        Assert.Equal(HttpStatusCode.Redirect, (await SubmitAsync(desk, address, ("Outcome", "Own phone added"), ("End", "true"))).StatusCode);
        var contact = await rows.Db.Contacts.AsNoTracking().SingleAsync(c => c.PatientId == patient.Id);
        Assert.Equal((review.ReachedOn.AddDays(-1), "Patient is 18"), (contact.ToDate, contact.EndedBecause));
    }

    [Theory]
    [InlineData("2008-02-29", 18, "2026-03-01")]
    [InlineData("2008-02-29", 20, "2028-02-29")]
    [InlineData("2008-03-31", 18, "2026-03-31")]
    public void Born_on_February_29_one_comes_of_age_on_March_1_of_other_years(string born, int age, string day) =>
        Assert.Equal(DateOnly.Parse(day), AgeReview.Birthday(DateOnly.Parse(born), age));

    private static Task<Patient> AddRegisteredAsync(PatientRows rows, DateOnly born) =>
        rows.AddAsync(PatientRows.Tag(), "Mia", born, p => rows.Db.Entry(p).Property(x => x.RegisteredAt).CurrentValue = new(born.AddYears(1), new(9, 0), TimeSpan.Zero));

    private sealed class Defaults : ISettings<Modular.Patients.PatientsSettings>
    {
        public ValueTask<Modular.Patients.PatientsSettings> GetAsync(Guid? locationId = null, CancellationToken ct = default) => new(new Modular.Patients.PatientsSettings());
    }
}
