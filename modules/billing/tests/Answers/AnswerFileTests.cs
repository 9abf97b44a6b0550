using System.Text;
using Modular.Sdk;
using Modular.Tests.Billing.Charges;
using Modular.Tests.Harness;

namespace Modular.Tests.Billing.Answers;

/// <summary>A file that a biller takes is kept once and moves the claims that it speaks of.</summary>
public sealed class AnswerFileTests(SharedHost shared)
{
    private static int numbers = 700_000;

    private TestHost Host => shared.Host;

    [Fact]
    public async Task A_rejection_reaches_the_claim_and_the_same_file_again_changes_nothing()
    {
        var sent = await SentAsync();
        using var biller = await BillerAsync();
        var file = AnswerSamples.Acknowledgment(sent.Number, "STC*A7:562:85*20260103*U*150", reference: sent.Reference);

        await TakeAsync(biller, file);
        await Host.North.UntilAsync($"select state from billing.claims where id = '{sent.Claim}'", "rejected");
        await TakeAsync(biller, file);

        Assert.Equal(1L, await Host.North.AskAsync<long>($"select count(*) from billing.claim_answers where claim_id = '{sent.Claim}'"));
        var page = await biller.PageAsync($"/billing/answers/{await Host.North.AskAsync<Guid>($"select file_id from billing.claim_answers where claim_id = '{sent.Claim}'")}");
        Assert.Contains("Rejected: information is wrong: NPI (billing provider)", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("table a[href='/billing/identifiers']"));
        var address = page.QuerySelector("table[data-list-of] thead a")!.GetAttribute("href")!.Split('?')[0];
        foreach (var more in new[] { "sort=-line", "sort=kind", "sort=verdict", "show=refused", "show=unmatched", "q=NPI", "format=print" })
        {
            Assert.Equal(more != "show=unmatched", (await biller.PageAsync($"{address}?{more}")).Body!.TextContent.Contains(sent.Number, StringComparison.Ordinal));
        }

        Assert.Contains(sent.Number, await biller.Http.GetStringAsync($"{address}?format=csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_payer_s_number_is_kept_with_its_acceptance()
    {
        var sent = await SentAsync();
        using var biller = await BillerAsync();

        await TakeAsync(biller, AnswerSamples.Acknowledgment(sent.Number, "STC*A2:20*20260103*WQ*150", reference: sent.Reference, payerNumber: $"P{sent.Number}"));

        await Host.North.UntilAsync($"select state || ' ' || payer_claim_number from billing.claims where id = '{sent.Claim}'", $"accepted P{sent.Number}");
    }

    [Fact]
    public async Task A_set_that_is_refused_rejects_every_claim_in_it_and_no_other()
    {
        var sent = await SentAsync();
        var (same, other) = (await SentAsync(sent.Batch), await SentAsync(sent.Batch, set: "0002"));
        using var biller = await BillerAsync();

        await TakeAsync(biller, AnswerSamples.Ack999(sent.Group, "AK2*837*0001*005010X222A1~\nIK3*NM1*19*2010BA*3~\nIK5*R*5~\n", "P"));

        await Host.North.UntilAsync($"select state from billing.claims where id = '{sent.Claim}'", "rejected");
        Assert.Equal("rejected sent", await Host.North.AskAsync<string>(
            $"select (select state from billing.claims where id = '{same.Claim}') || ' ' || (select state from billing.claims where id = '{other.Claim}')"));
    }

    [Fact]
    public async Task A_late_answer_to_an_earlier_sending_moves_nothing()
    {
        var sent = await SentAsync();
        await Billers.SqlAsync(Host, $"update billing.batch_claims set live = false where claim_id = '{sent.Claim}'");
        using var biller = await BillerAsync();

        await TakeAsync(biller, AnswerSamples.Acknowledgment(sent.Number, "STC*A7:562:85*20260103*U*150", reference: sent.Reference));

        await Host.North.UntilAsync($"select count(*) from billing.claim_answers where claim_id = '{sent.Claim}' and not moved", 1L);
        Assert.Equal("sent", await Host.North.AskAsync<string>($"select state from billing.claims where id = '{sent.Claim}'"));
    }

    [Fact]
    public async Task An_answer_of_no_claim_of_ours_waits_until_somebody_has_seen_it()
    {
        using var biller = await BillerAsync();
        var number = $"X{Next()}";
        await TakeAsync(biller, AnswerSamples.Acknowledgment(number, "STC*A2:20*20260103*WQ*150", reference: number));
        await Host.North.UntilAsync($"select count(*) from billing.claim_answers where claim_number = '{number}' and claim_id is null and settled_at is null", 1L);
        var id = await Host.North.AskAsync<Guid>($"select id from billing.claim_answers where claim_number = '{number}'");

        using var done = await biller.SubmitAsync(await biller.PageAsync($"/billing/answers/settle/{id}"), "form#settle-answer");

        Assert.Equal(0L, await Host.North.AskAsync<long>($"select count(*) from billing.claim_answers where claim_number = '{number}' and settled_at is null"));
    }

    [Fact]
    public async Task What_is_no_file_is_kept_and_said_to_be_unreadable()
    {
        using var biller = await BillerAsync();
        var text = $"no file {Next()}";
        await TakeAsync(biller, text);

        await Host.North.UntilAsync($"select state || ': ' || said from billing.answer_files where content = '{text}'", "unreadable: This is no X12 file: it has no ISA segment.");
    }

    private sealed record Sending(Guid Claim, string Number, Guid Batch, int Group, string Reference);

    private static int Next() => Interlocked.Increment(ref numbers);

    private Task<TestClient> BillerAsync() => Host.SignInAsync(Host.North, Roles.Biller);

    private static async Task TakeAsync(TestClient person, string text)
    {
        var token = Billers.Value(await person.PageAsync("/billing/answers/upload"), "__RequestVerificationToken");
        using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" },
            { new ByteArrayContent(Encoding.ASCII.GetBytes(text)), "file", "answer.277" } };
        using var answer = await person.Http.PostAsync("/billing/answers/upload", form);
        Assert.True((int)answer.StatusCode < 400, $"{answer.StatusCode}");
    }

    /// <summary>A claim that went out, in this batch or in one of its own.</summary>
    private async Task<Sending> SentAsync(Guid? batch = null, string set = "0001")
    {
        var (encounter, claim, n) = (await Billers.EncounterAsync(Host), Guid.CreateVersion7(), Next());
        var to = batch ?? Guid.CreateVersion7();
        if (batch is null)
        {
            await Billers.SqlAsync(Host, $"""
                insert into billing.claim_batches (id, payer_id, payer, entity_id, interchange_number, group_number, reference, file, hash, claims, total, made_at, made_by)
                values ('{to}', gen_random_uuid(), 'Payer', gen_random_uuid(), {n}, {n}, 'R{n}', 'x', repeat('a', 64), 1, 150, now(), 'test')
                """);
        }

        await Billers.SqlAsync(Host, $"""
            insert into billing.claims (id, number, encounter_id, location_id, zone, patient_id, patient_name, entity_id, rendering_id, payer_id, payer, coverage_id, rank, state,
                total, service_from, service_to, due_on)
            select '{claim}', 'T{n}', id, location_id, zone, patient_id, patient_name, entity_id, rendering_id, gen_random_uuid(), 'Payer', gen_random_uuid(), 1, 'sent',
                150, service_from, service_to, due_on from billing.encounters where id = '{encounter}';
            insert into billing.batch_claims (id, batch_id, claim_id, set_number) values (gen_random_uuid(), '{to}', '{claim}', '{set}')
            """);
        return new(claim, $"T{n}", to, batch is null ? n : 0, $"R{n}");
    }
}
