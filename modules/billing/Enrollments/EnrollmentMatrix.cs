using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Enrollments;

/// <summary>Each payer and billing entity, and the providers that are enrolled by themselves, with the state of every transaction.</summary>
public sealed class EnrollmentMatrix(BillingDb db) : Slice
{
    public sealed record Line(Guid PayerId, string Payer, Guid EntityId, string Entity, Guid? ProviderId, string? Provider,
        IReadOnlyDictionary<string, Enrollment> States)
    {
        public string? State(string transaction) => States.GetValueOrDefault(transaction)?.State;

        public string Words(string transaction) => State(transaction) is { } state ? Enrollment.States[state] : "Not on file";

        public string Href(string transaction) => States.GetValueOrDefault(transaction) is { } row ? $"/billing/enrollments/edit/{row.Id}"
            : $"/billing/enrollments/add?payer={PayerId}&entity={EntityId}{(ProviderId is { } p ? $"&provider={p}" : "")}&transaction={transaction}";
    }

    internal static readonly ListDefinition<Line> List = new("billing.enrollments", "EDI enrollment")
    {
        Search = new("Payer, entity or provider")
        {
            When = text => l => l.Payer.Contains(text, StringComparison.OrdinalIgnoreCase)
                || l.Entity.Contains(text, StringComparison.OrdinalIgnoreCase)
                || (l.Provider != null && l.Provider.Contains(text, StringComparison.OrdinalIgnoreCase)),
        },
        Filters =
        [
            new("open", "What is open", new Dictionary<string, string> { [""] = "All", ["claims"] = "Claims are held",
                ["any"] = "Anything to do or waiting" }, (v, _) => v switch
            {
                "claims" => l => !(l.State("837P") == Enrollment.Approved || l.State("837P") == Enrollment.NotNeeded),
                "any" => l => Enrollment.Transactions.Keys.Any(t => l.State(t) == null || l.State(t) == Enrollment.ToDo
                    || l.State(t) == Enrollment.Sent || l.State(t) == Enrollment.Refused),
                _ => null,
            }),
            new("state", "State", "Any state", Enrollment.States, v => l => l.States.Values.Any(e => e.State == v)),
        ],
        Columns =
        [
            new("payer", "Payer", l => l.Payer) { Main = true, Sort = l => l.Payer },
            new("entity", "Entity", l => l.Entity) { Sort = l => l.Entity },
            new("provider", "Provider", l => l.Provider ?? "All") { Sort = l => l.Provider },
            .. Enrollment.Transactions.Select(t => new ListColumn<Line>(t.Key.ToLowerInvariant(), t.Value, l => l.Words(t.Key))),
        ],
    };

    [HttpGet("/billing/enrollments")]
    [Needs(BillingPermissions.Read)]
    public async Task<IActionResult> Get(ListQuery query, CancellationToken ct) =>
        await ListAsync(List, (await RowsAsync(ct)).AsQueryable(), query, ct);

    /// <summary>Payers × entities × five are some thousand cells at most: put together in memory.</summary>
    private async Task<List<Line>> RowsAsync(CancellationToken ct)
    {
        var all = (await db.Enrollments.AsNoTracking().ToListAsync(ct)).ToLookup(e => (e.PayerId, e.EntityId));
        var providers = await db.Providers.AsNoTracking().ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var entities = await db.Entities.AsNoTracking().Where(e => e.Active).OrderByDescending(e => e.Main).ThenBy(e => e.Name).ToListAsync(ct);
        return
        [
            .. from payer in await db.Payers.AsNoTracking().Where(p => p.Active).OrderBy(p => p.Name).ToListAsync(ct)
               from entity in entities
               from provider in all[(payer.Id, entity.Id)].Select(e => e.ProviderId).Prepend(null).Distinct()
               select new Line(payer.Id, payer.Name, entity.Id, entity.Name, provider, provider is { } p
                   ? providers.GetValueOrDefault(p, "Somebody who left") : null,
                   all[(payer.Id, entity.Id)].Where(e => e.ProviderId == provider).ToDictionary(e => e.Transaction)),
        ];
    }
}
