using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Modular.Scheduling.Messages;
using Modular.Sdk;
using Modular.Tests.Billing.Charges;
using Modular.Tests.Harness;

namespace Modular.Tests.Billing.Eligibility;

/// <summary>Asked for tomorrow's visits, sent as a 270, answered by a 271, shown where the desk looks.</summary>
public sealed class EligibilityTests(SharedHost shared)
{
    private TestHost Host => shared.Host;

    [Fact]
    public async Task A_coverage_is_asked_for_sent_answered_and_shown_and_the_same_file_again_changes_nothing()
    {
        var (patient, name) = await CoveredAsync();
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        var question = await AskAsync(desk, patient);
        await AskAsync(desk, patient); // asked twice, it is one question

        var sent = await SendAsync(desk);
        Assert.Contains($"TRN*1*{question.ToString("N").ToUpperInvariant()}*1", sent, StringComparison.Ordinal);
        Assert.Equal("sent", await StateAsync(question));

        var answer = Answer(question, "EB*1**30**GOLD PLAN~EB*B**98***27*25*****Y~EB*C*IND*30***23*1500*****Y~EB*C*IND*30***29*300*****Y~");
        await UploadAsync(desk, answer);
        await UploadAsync(desk, answer);

        Assert.Equal("1 active GOLD PLAN 25.00 1500.00 300.00", await Host.North.AskAsync<string>($"""
            select count(*) || ' ' || min(state) || ' ' || min(plan) || ' ' || min(copay) || ' ' || min(deductible) || ' ' || min(deductible_left)
            from billing.eligibility_answers where question_id = '{question}'
            """));
        var page = await desk.PageAsync($"/billing/eligibility/ask/{patient}");
        Assert.Contains("GOLD PLAN", page.Body!.TextContent, StringComparison.Ordinal);
        var id = await Host.North.AskAsync<Guid>($"select id from billing.eligibility_answers where question_id = '{question}'");
        var shown = await desk.PageAsync($"/billing/eligibility/{id}");
        Assert.Equal(4, shown.QuerySelectorAll("main tbody tr").Length);
        Assert.Contains(name, shown.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payer_out_of_reach_is_asked_again_and_the_last_answer_stays_with_its_date()
    {
        var (patient, _) = await CoveredAsync();
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        var question = await AskAsync(desk, patient);
        await SendAsync(desk);

        await UploadAsync(desk, Answer(question, "", "AAA*Y**42*R~"));

        Assert.Equal("to-send", await StateAsync(question));
        var page = (await desk.PageAsync($"/billing/eligibility/ask/{patient}")).Body!.TextContent;
        Assert.Contains("could not answer at this moment", page, StringComparison.Ordinal);
        Assert.Contains("Not known", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_a_payer_refuses_as_a_whole_answers_all_that_went_with_it()
    {
        var (patient, _) = await CoveredAsync();
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        var question = await AskAsync(desk, patient);
        await SendAsync(desk);
        var reference = await Host.North.AskAsync<string>($"select reference from billing.eligibility_questions where id = '{question}'");

        await UploadAsync(desk, EligibilityRuleTests.File("AAA*Y**50*N~", reference, Random.Shared.Next(1, 99_999_999)).Replace("*1*21*1~", "*1*21*0~", StringComparison.Ordinal));

        Assert.Equal("answered unknown 50", await Host.North.AskAsync<string>($"""
            select q.state || ' ' || a.state || ' ' || a.refusals[1] from billing.eligibility_questions q
            join billing.eligibility_answers a on a.question_id = q.id where q.id = '{question}'
            """));
    }

    [Fact]
    public async Task Tomorrows_visits_are_asked_for_once_and_stand_in_the_list()
    {
        var (patient, name) = await CoveredAsync();
        var now = Host.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        await using var rows = new BillingRows(Host);
        var zone = rows.Services.GetRequiredService<IPractice>().Zone;
        var noon = WallTime.Instant(DateOnly.FromDateTime(WallTime.At(now, zone).DateTime).AddDays(1), new(12, 0), zone);
        var visit = new VisitState(Guid.CreateVersion7(), 1, patient, Guid.CreateVersion7(), "Dr. Vale", TestHost.NorthMain, null, "Follow-up", noon, 20, "booked");
        await Host.PublishAsync(Host.North, new AppointmentBooked(visit));
        await Host.North.UntilAsync($"select count(*) from billing.visits where id = '{visit.VisitId}'", 1L);
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk, [TestHost.NorthMain]); // the list is of the chosen place

        Assert.Contains("Not asked", await RowAsync(), StringComparison.Ordinal);
        await desk.SubmitAsync(await desk.PageAsync("/billing/eligibility"), "form[action='/billing/eligibility']");
        await desk.SubmitAsync(await desk.PageAsync("/billing/eligibility"), "form[action='/billing/eligibility']");

        Assert.Contains("To ask", await RowAsync(), StringComparison.Ordinal);
        Assert.Equal(1L, await Host.North.AskAsync<long>($"select count(*) from billing.eligibility_questions where patient_id = '{patient}'"));

        async Task<string> RowAsync() => (await desk.PageAsync($"/billing/eligibility?q={name}")).QuerySelector("tbody tr")!.TextContent;
    }

    [Fact]
    public async Task What_is_no_answer_is_refused_in_a_sentence()
    {
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        Assert.Contains("no eligibility answer", await Billers.ErrorsAsync(await UploadAsync(desk, "just words")), StringComparison.Ordinal);
        Assert.Contains("Choose a file", await Billers.ErrorsAsync(await UploadAsync(desk, "")), StringComparison.Ordinal);
    }

    private async Task<(Guid Patient, string Name)> CoveredAsync()
    {
        var mark = Guid.NewGuid().ToString("N")[..10];
        await using var rows = new BillingRows(Host);
        var payer = await rows.AddPayerAsync($"Harbor {mark}");
        var patient = await Billers.PatientAsync(Host, $"Cover{mark}, Ada");
        await Billers.SqlAsync(Host, $"""
            update billing.payers set payer_number = '60054' where id = '{payer}';
            insert into billing.entities (id, version, name, main, fiscal_month, active) select gen_random_uuid(), 1, 'Group', true, 1, true
                where not exists (select from billing.entities where main);
            update billing.entities set npi = '1234567893', tax_id = '123456789' where main;
            insert into billing.claim_patients (id, version, first_name, last_name) values ('{patient}', 1, 'Ada', 'Cover');
            insert into billing.coverages (id, version, patient_id, line, rank, payer_id, payer, member_id, relationship, subscriber_first, subscriber_last, effective_from)
            values (gen_random_uuid(), 1, '{patient}', 'medical', 1, '{payer}', 'Harbor', 'M1', 'self', 'Ada', 'Cover', '2020-01-01')
            """);
        using var owner = await Host.SignInAsync(Host.North, Roles.Owner);
        await owner.SubmitAsync(await owner.PageAsync("/admin/settings/billing"), "form[data-guard]", ("sender", "PRACTICE"), ("receiver", "HOUSE"));
        return (patient, $"Cover{mark}");
    }

    private async Task<Guid> AskAsync(TestClient desk, Guid patient)
    {
        await desk.SubmitAsync(await desk.PageAsync($"/billing/eligibility/ask/{patient}"), "form#ask-eligibility");
        return await Host.North.AskAsync<Guid>($"select id from billing.eligibility_questions where patient_id = '{patient}'");
    }

    private static async Task<string> SendAsync(TestClient desk) => await (await desk.SubmitAsync(
        await desk.PageAsync("/billing/eligibility"), "form[action='/billing/eligibility/send']")).Content.ReadAsStringAsync();

    private Task<string> StateAsync(Guid question) => Host.North.AskAsync<string>($"select state from billing.eligibility_questions where id = '{question}'");

    private static string Answer(Guid question, string benefits, string refusal = "") => EligibilityRuleTests.File(
        $"HL*3*2*22*0~TRN*2*{question.ToString("N").ToUpperInvariant()}*1123456789~NM1*IL*1*COVER*ADA****MI*M1~{refusal}{benefits}", number: Random.Shared.Next(1, 99_999_999));

    private static async Task<HttpResponseMessage> UploadAsync(TestClient person, string text)
    {
        var token = Billers.Value(await person.PageAsync("/billing/eligibility/upload"), "__RequestVerificationToken");
        using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" },
            { new ByteArrayContent(Encoding.ASCII.GetBytes(text)), "file", "answers.271" } };
        return await person.Http.PostAsync("/billing/eligibility/upload", form);
    }
}
