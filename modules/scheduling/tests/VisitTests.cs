using Modular.Scheduling.Appointments;

namespace Modular.Tests.Scheduling;

/// <summary>Which step may follow which, and what is said when it may not.</summary>
public sealed class VisitTests
{
    private static readonly DateTimeOffset Nine = new(2026, 6, 10, 13, 0, 0, TimeSpan.Zero); // 9:00 am in New York

    [Fact]
    public void A_visit_goes_from_booked_to_arrived_to_checked_out_and_back()
    {
        var visit = Booked();

        Assert.Null(visit.Arrive(Nine, "Paula"));
        Assert.Null(visit.CheckOut(Nine.AddMinutes(30), "Theo"));
        Assert.Equal((VisitStatus.CheckedOut, "Theo", Nine.AddMinutes(30)), (visit.Status, visit.CheckedOutBy, visit.CheckedOutAt));
        Assert.Null(visit.TakeBack(Nine, "Theo"));
        Assert.Equal((VisitStatus.Arrived, (DateTimeOffset?)null), (visit.Status, visit.CheckedOutAt));
        Assert.Null(visit.TakeBack(Nine, "Theo"));
        Assert.Equal((VisitStatus.Booked, (string?)null), (visit.Status, visit.ArrivedBy));
        Assert.Equal("Kaur, Simran is only booked: there is no step to take back.", visit.TakeBack(Nine, "Theo"));
    }

    [Fact]
    public void Nobody_leaves_before_they_came_or_comes_twice()
    {
        var visit = Booked();

        Assert.Equal("Kaur, Simran has not arrived yet.", visit.CheckOut(Nine, "Paula"));
        visit.Arrive(Nine, "Paula");
        Assert.Equal("Kaur, Simran is already arrived.", visit.Arrive(Nine, "Theo"));
        Assert.Equal("Paula", visit.ArrivedBy);
    }

    [Fact]
    public void Only_a_patient_of_today_arrives_by_the_clock_of_the_place()
    {
        var visit = Booked();

        // 3 am UTC on the 11th is still the evening of the 10th in New York.
        Assert.Equal("This visit is on Wednesday, June 10: only a patient of today can arrive.", visit.Arrive(Nine.AddDays(-1), "Paula"));
        Assert.Null(visit.Arrive(new(2026, 6, 11, 3, 0, 0, TimeSpan.Zero), "Paula"));
    }

    [Fact]
    public void An_arrived_patient_is_not_canceled_by_mistake()
    {
        var visit = Booked();
        visit.Arrive(Nine, "Paula");

        Assert.Equal("Kaur, Simran has arrived. Take the arrival back first, then cancel.", visit.Cancel("Patient asked", Nine, "Theo"));
        Assert.Equal(VisitStatus.Arrived, visit.Status);
    }

    [Fact]
    public void Nobody_is_a_no_show_before_the_visit_begins()
    {
        var visit = Booked();

        Assert.Equal("The visit begins at 9:00 am: until then Kaur, Simran may still come.", visit.MarkNoShow(Nine.AddMinutes(-1), "Paula"));
        Assert.Null(visit.MarkNoShow(Nine.AddMinutes(20), "Paula"));
        Assert.Equal("Kaur, Simran is already marked as a no-show.", visit.Arrive(Nine.AddMinutes(25), "Paula"));
        Assert.Null(visit.TakeBack(Nine, "Theo"));
        Assert.Null(visit.Arrive(Nine.AddMinutes(25), "Paula"));
    }

    [Fact]
    public void A_cancellation_keeps_its_reason_until_it_is_taken_back()
    {
        var visit = Booked();

        Assert.Null(visit.Cancel("Patient asked", Nine.AddDays(-1), "Theo"));
        Assert.Equal((VisitStatus.Canceled, "Patient asked", "Theo"), (visit.Status, visit.Reason, visit.EndedBy));
        visit.TakeBack(Nine, "Theo");
        Assert.Equal((VisitStatus.Booked, null, null), (visit.Status, visit.Reason, visit.EndedAt));
    }

    internal static Visit Booked() => new()
    {
        PatientId = Guid.CreateVersion7(), ProviderId = Guid.CreateVersion7(), LocationId = Guid.CreateVersion7(), TypeId = Guid.CreateVersion7(),
        PatientName = "Kaur, Simran", ProviderName = "Dr. Vale", TypeName = "Follow-up", Kind = "visit", Zone = "America/New_York",
        StartsAt = Nine, EndsAt = Nine.AddMinutes(20), HeldFrom = Nine, HeldTo = Nine.AddMinutes(20),
        BookingKey = Guid.CreateVersion7(), BookedAt = Nine.AddDays(-7), BookedBy = "Paula",
    };
}
