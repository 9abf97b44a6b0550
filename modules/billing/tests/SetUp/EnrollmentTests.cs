using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Billing.Enrollments;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Billing;

/// <summary>Which transaction goes to whom, and the sentence where it does not.</summary>
public sealed class EnrollmentTests(SharedHost shared)
{
    private static readonly DateOnly Day = new(2026, 6, 10);
    private readonly string name = $"Harbor {Guid.NewGuid():N}";

    [Theory]
    [InlineData("not-needed", null, null, null)]
    [InlineData("approved", "2026-06-10", null, null)]
    [InlineData("approved", "2026-06-11", null, "is approved from 06/11/2026 on")]
    [InlineData("approved", "2026-01-01", "2026-06-09", "ended on 06/09/2026")]
    [InlineData("ended", "2026-01-01", "2026-06-10", null)]
    [InlineData("ended", "2026-01-01", "2026-06-09", "ended on 06/09/2026")]
    [InlineData("sent", null, null, "was applied for and is not approved")]
    [InlineData("refused", null, null, "was refused")]
    [InlineData("to-do", null, null, "has still to be applied for")]
    public void What_is_approved_goes_on_its_days_and_all_else_says_why_not(string state, string? from, string? to, string? reason) => Assert.Equal(reason,
        new Enrollment { Transaction = "837P", State = state, ApprovedFrom = from is null ? null : DateOnly.Parse(from), EndedOn = to is null ? null : DateOnly.Parse(to) }.Reason(Day));

    [Fact]
    public async Task A_claim_is_held_in_one_sentence_until_its_route_is_enrolled_and_what_is_said_of_the_provider_comes_first()
    {
        await using var rows = new BillingRows(shared.Host);
        var (payer, entity, provider) = (await rows.AddPayerAsync(name), await rows.AddEntityAsync("Fairhaven Group"), await rows.AddProviderAsync("Ines Marlow, MD"));
        var rules = new EnrollmentRules(rows.Db);

        Task<string?> Held(Guid? of = null, string transaction = "837P") => rules.HeldReasonAsync(payer, entity, of, transaction, Day);

        Assert.Equal($"Claims (837P) to {name}: the enrollment of Fairhaven Group is not on file.", await Held());
        await rows.SaveAsync(new Enrollment { PayerId = payer, EntityId = entity, Transaction = "837P", State = Enrollment.Approved, ApprovedFrom = new(2026, 1, 1) });
        Assert.Null(await Held());
        Assert.Null(await Held(provider));
        await rows.SaveAsync(new Enrollment { PayerId = payer, EntityId = entity, ProviderId = provider, Transaction = "837P", State = Enrollment.Sent, SentOn = new(2026, 5, 1) });
        Assert.Equal($"Claims (837P) to {name}: the enrollment of Ines Marlow, MD was applied for on 05/01/2026 and is not approved.", await Held(provider));
        Assert.Null(await Held());
        Assert.NotNull(await Held(transaction: "835"));
    }

    [Fact]
    public async Task Several_transactions_are_put_on_file_at_once_shown_in_the_matrix_and_never_twice()
    {
        await using var rows = new BillingRows(shared.Host);
        var (payer, entity) = (await rows.AddPayerAsync(name), await rows.AddEntityAsync($"Group {Guid.NewGuid():N}"));
        using var manager = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);

        async Task<HttpResponseMessage> Add(string state, string approved) => await PostAsync(manager, "/billing/enrollments/add",
            ("Payer", $"{payer}"), ("Entity", $"{entity}"), ("Transaction", "837P"), ("Transaction", "835"), ("State", state), ("ApprovedFrom", approved));

        Assert.Contains("From which day on is it approved?", await (await Add("approved", "")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await Add("approved", "1/1/2026")).StatusCode);
        Assert.Contains("This enrollment is on file already", await (await Add("sent", "")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(2, await rows.Db.Enrollments.CountAsync(e => e.PayerId == payer));

        var line = (await manager.PageAsync($"/billing/enrollments?q={name}&state=approved")).QuerySelectorAll("tbody tr").First(r => r.TextContent.Contains("Approved", StringComparison.Ordinal));
        Assert.Equal(2, line.TextContent.Split("Approved").Length - 1);
        Assert.Equal(3, line.TextContent.Split("Not on file").Length - 1);
        using var biller = await shared.Host.SignInAsync(shared.Host.North, Roles.Biller);
        Assert.Empty((await biller.PageAsync($"/billing/enrollments?q={name}&state=approved")).QuerySelectorAll("tbody a[href*=enrollments]"));
        Assert.Equal(HttpStatusCode.Forbidden, (await biller.GetAsync("/billing/enrollments/add")).StatusCode);
    }

    [Fact]
    public async Task A_table_of_a_clearing_house_is_taken_by_names_and_its_faults_are_told()
    {
        await using var rows = new BillingRows(shared.Host);
        var (payer, entity) = (await rows.AddPayerAsync(name), $"Group {Guid.NewGuid():N}");
        await rows.AddEntityAsync(entity);
        ImportRow[] file =
        [
            Row(2, name, entity, "837P", "Approved", "1/5/2026"), Row(3, name, entity, "835", "applied for", ""), Row(4, "Nobody", entity, "835", "Sent", ""), Row(5, name, entity, "999", "Approved", "1/5/2026"),
            Row(6, name, entity, "270", "approved", ""),
        ];

        var results = await RunAsync(rows, file);

        Assert.Equal([ImportOutcome.Created, ImportOutcome.Created, ImportOutcome.Refused, ImportOutcome.Refused, ImportOutcome.Refused], results.Select(r => r.Outcome));
        Assert.Contains("No payer has the name or ID “Nobody”.", results[2].Errors![0].Sentence, StringComparison.Ordinal);
        Assert.Equal(["835 sent ", "837P approved 01/05/2026"], (await rows.Db.Enrollments.AsNoTracking().Where(e => e.PayerId == payer).ToListAsync()).Select(e => $"{e.Transaction} {e.State} {e.ApprovedFrom:MM/dd/yyyy}").Order());
        Assert.All(await RunAsync(rows, file[..2]), r => Assert.Equal(ImportOutcome.Unchanged, r.Outcome));
    }

    private static async Task<HttpResponseMessage> PostAsync(TestClient person, string address, params (string Name, string Value)[] fields)
    {
        var token = (await person.PageAsync(address)).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return await person.Http.PostAsync(address, new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]));
    }

    private static async Task<List<ImportResult>> RunAsync(BillingRows rows, ImportRow[] file)
    {
        var kind = new EnrollmentImport(rows.Db, TimeProvider.System, rows.Services.GetRequiredService<IPractice>());
        await kind.PrepareAsync(file, false, default);
        var results = new List<ImportResult>();
        foreach (var row in file)
        {
            results.Add(await kind.ApplyAsync(row, false, default));
        }

        await kind.SaveAsync(default);
        return results;
    }

    private static ImportRow Row(int number, string payer, string entity, string transaction, string state, string from) => new(number, new Dictionary<string, string>
    {
        ["payer"] = payer, ["entity"] = entity, ["transaction"] = transaction, ["state"] = state, ["approved_from"] = from,
    });
}
