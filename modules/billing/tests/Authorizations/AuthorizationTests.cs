using Microsoft.Extensions.DependencyInjection;
using Modular.Billing.Authorizations;
using Modular.Scheduling.Messages;
using Modular.Sdk;
using Modular.Tests.Billing.Charges;
using Modular.Tests.Harness;

namespace Modular.Tests.Billing.Authorizations;

/// <summary>Authorizations on file: kept visits use them, others give back, and the last one is the last.</summary>
public sealed class AuthorizationTests(SharedHost shared)
{
    private static readonly DateTimeOffset Start = new(2026, 6, 10, 14, 0, 0, TimeSpan.Zero);

    private TestHost Host => shared.Host;

    /// <summary>Late, twice and in any order: used is what was kept.</summary>
    [Fact]
    public async Task Messages_of_visits_in_any_order_and_twice_use_what_was_kept()
    {
        for (var seed = 0; seed < 4; seed++)
        {
            var random = new Random(seed);
            var (patient, authorization) = await ApprovedAsync(5);
            VisitState kept = Visit(patient), back = Visit(patient), missed = Visit(patient), canceled = Visit(patient);
            object[] story =
            [
                Done(kept with { Version = 3 }), Done(back with { Version = 3 }),
                new StepTakenBack(back with { Version = 4, Status = "arrived" }, "checked-out"),
                new NoShow(missed with { Version = 2, Status = "no-show" }, Start),
                new AppointmentCanceled(canceled with { Version = 2, Status = "canceled" }, "Ill"),
            ];
            foreach (var message in story.Concat(story.Where(_ => random.Next(2) == 0)).OrderBy(_ => random.Next()))
            {
                await TellAsync(patient, message);
            }

            Assert.Equal(1, await UsedAsync(authorization));
            await TellAsync(patient, Done(back with { Version = 5 }));
            Assert.Equal(2, await UsedAsync(authorization));
        }
    }

    [Fact]
    public async Task Two_visits_kept_at_the_same_moment_at_the_last_unit_use_one_and_the_other_takes_it_when_it_is_given_back()
    {
        var (patient, authorization) = await ApprovedAsync(1);
        VisitState one = Visit(patient), two = Visit(patient) with { Start = Start.AddHours(1) };
        await TellAsync(patient, Done(one with { Version = 3 }), Done(two with { Version = 3 }));
        Assert.Equal(1, await UsedAsync(authorization));
        Assert.Equal(one.VisitId, await UserAsync(authorization));

        await TellAsync(patient, new StepTakenBack(one with { Version = 4, Status = "arrived" }, "checked-out"));
        Assert.Equal((1, two.VisitId), (await UsedAsync(authorization), await UserAsync(authorization)));

        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => Billers.SqlAsync(Host, $"""
            insert into billing.authorization_uses (id, authorization_id, kind, visit_id, patient_id, day)
            values (gen_random_uuid(), '{authorization}', 'authorization', gen_random_uuid(), '{patient}', '2026-06-10')
            """));
        Assert.Equal("authorizations_used", refused.ConstraintName);
    }

    [Fact]
    public async Task Fewer_visits_than_have_used_it_are_refused_in_a_sentence_and_nothing_is_lost()
    {
        var (patient, authorization) = await ApprovedAsync(2);
        await TellAsync(patient, Done(Visit(patient) with { Version = 3 }), Done(Visit(patient) with { Version = 3 }));
        using var biller = await Host.SignInAsync(Host.North, Roles.Biller);

        var answer = await biller.SubmitAsync(await biller.PageAsync($"/billing/authorizations/edit/{patient}/{authorization}"), "form[data-guard]",
            ("Visits", "1"), ("Note", "typed"));

        var page = await TestClient.ParseAsync(await answer.Content.ReadAsStringAsync());
        Assert.Contains("More visits than that have used it already", page.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("typed", page.QuerySelector("[name=Note]")!.TextContent.Trim());
    }

    [Fact]
    public async Task A_request_is_due_as_the_law_says_and_its_approval_counts_the_visits_that_were_kept_before()
    {
        await using var rows = new BillingRows(Host);
        var payer = await rows.AddPayerAsync($"Advantage {Guid.NewGuid():N}", "16");
        var patient = await PatientAsync(payer);
        await TellAsync(patient, Done(Visit(patient) with { Version = 3 }));
        using var biller = await Host.SignInAsync(Host.North, Roles.Biller);
        var number = $"A{Guid.NewGuid():N}"[..12];

        await biller.SubmitAsync(await biller.PageAsync($"/billing/authorizations/edit/{patient}"), "form[data-guard]", ("PayerId", $"{payer}"),
            ("State", "requested"), ("What", "Therapy"), ("RequestedOn", "6/1/2026"), ("Expedited", "true"));
        Assert.Equal(new DateOnly(2026, 6, 4), await Host.North.AskAsync<DateOnly>($"select due_on from billing.authorizations where patient_id = '{patient}'"));

        var id = await Host.North.AskAsync<Guid>($"select id from billing.authorizations where patient_id = '{patient}'");
        await biller.SubmitAsync(await biller.PageAsync($"/billing/authorizations/edit/{patient}/{id}"), "form[data-guard]",
            ("State", "approved"), ("Number", number), ("ValidFrom", "6/1/2026"), ("Visits", "4"));
        Assert.Equal(1, await UsedAsync(id));
        Assert.Contains("1 of 4", (await biller.PageAsync($"/billing/authorizations?show=approved&q={number}")).QuerySelector("tbody tr")!.TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_claim_of_a_kept_visit_carries_its_number_and_one_of_another_patient_does_not()
    {
        var (patient, authorization) = await ApprovedAsync(3);
        var visit = Visit(patient);
        await TellAsync(patient, Done(visit with { Version = 3 }));
        var encounter = await Host.North.AskAsync<Guid>($"select id from billing.encounters where visit_id = '{visit.VisitId}'");
        var other = await Billers.EncounterAsync(Host);
        await using var rows = new BillingRows(Host);

        var numbers = await new AuthorizationNumbers(rows.Db).ForAsync([encounter, other]);

        var number = await Host.North.AskAsync<string>($"select number from billing.authorizations where id = '{authorization}'");
        Assert.Equal((encounter, new AuthorizationNumber(number, null)), (Assert.Single(numbers).Key, numbers[encounter]));
    }

    [Fact]
    public async Task A_visit_that_lacks_what_its_payer_wants_is_listed_until_it_is_approved_and_again_past_the_last_unit()
    {
        var (patient, authorization) = await ApprovedAsync(1);
        var payer = await Host.North.AskAsync<Guid>($"select payer_id from billing.authorizations where id = '{authorization}'");
        await Billers.SqlAsync(Host, $"insert into billing.authorization_needs (id, payer_id, kind, source) values (gen_random_uuid(), '{payer}', 'authorization', 'Manual')");
        var soon = Host.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(3);
        VisitState first = Visit(patient) with { Start = soon, Status = "booked" }, second = Visit(patient) with { Start = soon.AddDays(2), Status = "booked" };
        using var biller = await Host.SignInAsync(Host.North, Roles.Biller, [TestHost.NorthMain]); // the list is of the chosen place

        await TellAsync(patient, new AppointmentBooked(first), new AppointmentBooked(second));
        Assert.Equal(1, await LackingAsync());
        await Billers.SqlAsync(Host, $"update billing.authorizations set state = 'denied' where id = '{authorization}'");
        Assert.Equal(2, await LackingAsync());

        async Task<int> LackingAsync() => (await biller.PageAsync($"/billing/authorizations/lacking?q={await NameAsync()}")).QuerySelectorAll("tbody tr").Length;
        Task<string> NameAsync() => Host.North.AskAsync<string>($"select name from billing.patients where id = '{patient}'");
    }

    private async Task<Guid> PatientAsync(Guid payer)
    {
        var patient = await Billers.PatientAsync(Host, $"Unit{Guid.NewGuid():N}");
        await Billers.SqlAsync(Host, $"""
            insert into billing.coverages (id, version, patient_id, line, rank, payer_id, payer, member_id, relationship, subscriber_last, effective_from)
            values (gen_random_uuid(), 1, '{patient}', 'medical', 1, '{payer}', 'Harbor', 'M1', 'self', 'Vale', '2020-01-01')
            """);
        return patient;
    }

    private async Task<(Guid Patient, Guid Authorization)> ApprovedAsync(int visits)
    {
        await using var rows = new BillingRows(Host);
        var payer = await rows.AddPayerAsync($"Harbor {Guid.NewGuid():N}");
        var (patient, id) = (await PatientAsync(payer), Guid.CreateVersion7());
        await Billers.SqlAsync(Host, $"""
            insert into billing.authorizations (id, patient_id, patient_name, payer_id, payer, kind, state, number, what, visits, valid_from, due_on)
            values ('{id}', '{patient}', 'Vale, Ada', '{payer}', 'Harbor', 'authorization', 'approved', '{id.ToString("N")[^10..]}', 'Therapy', {visits},
                '2026-01-01', '2026-06-01')
            """);
        return (patient, id);
    }

    private Task<int> UsedAsync(Guid id) => Host.North.AskAsync<int>($"select used from billing.authorizations where id = '{id}'");

    private Task<Guid> UserAsync(Guid id) => Host.North.AskAsync<Guid>($"select visit_id from billing.authorization_uses where authorization_id = '{id}'");

    private async Task TellAsync(Guid patient, params object[] messages)
    {
        await Host.PublishAsync(Host.North, messages);
        await Host.North.UntilAsync($"select count(*) from bus.inbox where module = 'billing' and body::text like '%{patient}%' and status <> 'handled'", 0L);
    }

    private static VisitState Visit(Guid patient) =>
        new(Guid.CreateVersion7(), 1, patient, Guid.CreateVersion7(), "Dr. Vale", TestHost.NorthMain, null, "Follow-up", Start, 20, "checked-out");

    private static VisitCompleted Done(VisitState visit) => new(visit, new(2026, 6, 10), Start, Start.AddMinutes(25), "Follow-up", null);
}
