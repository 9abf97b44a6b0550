using System.Net;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.FreeTime;
using Modular.Scheduling.Reactions;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Scheduling;

/// <summary>The laws of a visit's steps, and what becomes of two desks that take one at once.</summary>
[Collection(typeof(AtTheClinic))]
public sealed class VisitStepTests(Clinic clinic)
{
    private static readonly DateTimeOffset Now = new(2026, 6, 10, 13, 30, 0, TimeSpan.Zero); // half an hour after it begins

    [Fact]
    public void No_order_of_steps_leaves_the_graph_and_taken_back_they_lead_to_the_first() => StepLaws.Hold(
        VisitSteps.All, VisitTests.Booked, v => v.Status, v => v.Changes,
        [
            v => v.Confirm(Now, "Nora"), v => v.Move(Place(v), "Patient asked", told: false, Now, "Nora"), v => v.Cancel("Patient is ill", Now, "Nora", told: false),
            v => v.Tell(Now, "Nora"), v => v.Choose(Case(v.PatientId), null, Now, "Nora"), v => v.Choose(Case(Guid.NewGuid()), null, Now, "Nora"),
            v => v.Arrive(Now, "Nora", ["coverage"]), v => v.Arrive(Now.AddDays(2), "Nora"), v => v.MarkNoShow(Now, "Nora"), v => v.MarkNoShow(Now.AddDays(-1), "Nora"),
            v => v.PutInRoom(Guid.NewGuid(), "Room 2", Now, "Nora"), v => v.See(Now, "Nora"), v => v.Finish(Now, "Nora"), v => v.CheckOut(Now, "Nora", "Follow-up", "Courtesy"),
            v => v.CheckOut(Now, "Nora"),
        ],
        v => v.TakeBack(Now, "Theo"));

    [Fact]
    public async Task Of_two_desks_at_once_one_checks_the_patient_in_and_the_other_is_told()
    {
        using var one = await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk);
        using var two = await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk);
        var provider = await clinic.AddProviderAsync("Dr. Atonce");
        var visit = await clinic.BookAsync(one, Clinic.Form((await clinic.AddPatientsAsync(1))[0], clinic.FollowUp, provider, Clinic.At(10, "15:00")));

        await Task.WhenAll(clinic.StepAsync(one, visit, "arrive", 1), clinic.StepAsync(two, visit, "arrive", 1));

        var said = (await one.PageAsync("/scheduling/days")).Body!.TextContent + (await two.PageAsync("/scheduling/days")).Body!.TextContent;
        Assert.Contains(" arrived", said, StringComparison.Ordinal);
        Assert.Contains("Somebody changed this visit meanwhile: ", said, StringComparison.Ordinal);
        Assert.Equal("booked-arrived", await clinic.AskAsync<string>($"select string_agg(from_state || '-' || to_state, ' ') from scheduling.visit_steps where row_id = '{visit}' and step = 'arrive'"));
    }

    [Fact]
    public async Task Who_may_book_takes_a_cancellation_back_and_who_may_only_look_does_not()
    {
        using var desk = await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk);
        using var biller = await clinic.Host.SignInAsync(clinic.North, Roles.Biller);
        var provider = await clinic.AddProviderAsync("Dr. Backagain");
        var visit = await clinic.BookAsync(desk, Clinic.Form((await clinic.AddPatientsAsync(1))[0], clinic.FollowUp, provider, Clinic.At(10, "15:20")));
        await clinic.StepAsync(desk, visit, "cancel", null, ("Reason", "Patient asked"));

        await clinic.StepAsync(biller, visit, "undo");
        Assert.Equal("canceled", await clinic.StatusAsync(visit));
        Assert.Equal(HttpStatusCode.Redirect, (await clinic.StepAsync(desk, visit, "undo")).StatusCode);
        Assert.Equal("booked", await clinic.StatusAsync(visit));
    }

    private static VisitPlace Place(Visit v) => new(
        v.LocationId, v.Zone, Guid.NewGuid(), "Dr. Other", null, null, new(v.StartsAt, v.EndsAt), new(v.HeldFrom, v.HeldTo), null);

    private static KnownCase Case(Guid patient) => new()
    {
        Id = Guid.NewGuid(), PatientId = patient, Kind = "other", Title = "Fall", AccidentOn = new(2026, 6, 1),
    };
}
