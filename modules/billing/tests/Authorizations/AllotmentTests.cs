using Modular.Billing.Authorizations;
using Modular.Billing.Eligibility;
using Modular.Billing.Reactions;

namespace Modular.Tests.Billing.Authorizations;

/// <summary>Laws of what kept visits use: never more than is approved, nothing that was not kept, whatever the order they are told in.</summary>
public sealed class AllotmentTests
{
    private static readonly DateOnly First = new(2026, 6, 1);
    private static readonly Guid Patient = Guid.CreateVersion7(), Payer = Guid.CreateVersion7(), Provider = Guid.CreateVersion7();

    private static readonly KnownCoverage[] Coverages =
    [
        new() { PatientId = Patient, Line = "medical", PayerId = Payer, Payer = "Harbor", MemberId = "1", Relationship = "self", SubscriberLast = "Vale", EffectiveFrom = new(2020, 1, 1) },
    ];

    [Fact]
    public void Any_set_of_visits_in_any_order_uses_what_was_kept_and_never_more_than_was_approved()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var authorizations = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Of(random.Next(1, 6), random.Next(0, 20))).ToList();
            var visits = Enumerable.Range(0, random.Next(0, 15)).Select(i => Visit(random.Next(0, 40),
                random.Next(3) switch { 0 => "no-show", 1 => "canceled", _ => "checked-out" })).ToList();
            var uses = AuthorizationUses.Allot(authorizations, visits, Coverages);
            var again = AuthorizationUses.Allot(authorizations.OrderBy(_ => random.Next()), visits.OrderBy(_ => random.Next()), Coverages);

            Assert.Equal(uses.Select(u => (u.VisitId, u.AuthorizationId)), again.Select(u => (u.VisitId, u.AuthorizationId)));
            Assert.All(authorizations, a => Assert.InRange(uses.Count(u => u.AuthorizationId == a.Id), 0, a.Visits!.Value));
            Assert.All(uses, u => Assert.True(visits.Single(v => v.Id == u.VisitId).Kept));
            Assert.Equal(uses.Count, uses.Select(u => u.VisitId).Distinct().Count());
        }
    }

    [Fact]
    public void Used_is_kept_visits_while_there_are_enough()
    {
        var visits = Enumerable.Range(0, 6).Select(i => Visit(i, i % 2 == 0 ? "checked-out" : "no-show")).ToList();
        Assert.Equal(3, AuthorizationUses.Allot([Of(6, 0)], visits, Coverages).Count);
        Assert.Equal(2, AuthorizationUses.Allot([Of(2, 0)], visits, Coverages).Count);
    }

    [Fact]
    public void Another_provider_type_payer_or_day_uses_nothing()
    {
        var (visit, fits) = (Visit(3, "checked-out"), Of(5, 0));
        Assert.Single(AuthorizationUses.Allot([fits], [visit], Coverages));
        fits.ProviderId = Guid.NewGuid();
        Assert.Empty(AuthorizationUses.Allot([fits], [visit], Coverages));
        (fits.ProviderId, fits.VisitType) = (Provider, "Physical therapy");
        Assert.Empty(AuthorizationUses.Allot([fits], [visit], Coverages));
        (fits.VisitType, fits.ValidTo) = ("FOLLOW-UP", First.AddDays(2));
        Assert.Empty(AuthorizationUses.Allot([fits], [visit], Coverages));
        fits.ValidTo = First.AddDays(3);
        Assert.Single(AuthorizationUses.Allot([fits], [visit], Coverages));
        fits.PayerId = Guid.NewGuid();
        Assert.Empty(AuthorizationUses.Allot([fits], [visit], Coverages));
    }

    [Fact]
    public void A_visit_uses_one_authorization_and_one_referral()
    {
        var referral = Of(3, 0);
        referral.Kind = Authorization.Referral;
        Assert.Equal(["authorization", "referral"], AuthorizationUses.Allot([Of(3, 0), Of(3, 0), referral], [Visit(1, "checked-out")], Coverages)
            .Select(u => u.Kind).Order());
    }

    private static Authorization Of(int visits, int from) => new()
    {
        PatientId = Patient, PatientName = "Vale, Ada", PayerId = Payer, State = Authorization.Approved, Number = "A1", What = "Therapy", Visits = visits,
        ValidFrom = First.AddDays(from), ValidTo = First.AddDays(from + 30),
    };

    private static KnownVisit Visit(int day, string status) => new()
    {
        Id = Guid.CreateVersion7(), PatientId = Patient, ProviderId = Provider, Provider = "Dr. Vale", Type = "Follow-up", Status = status,
        Day = First.AddDays(day), StartsAt = new(First.AddDays(day), new(14, 0), TimeSpan.Zero),
    };
}
