using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Bus;
using Modular.Host.Contracts;
using Modular.Host.Outside;
using Modular.Host.Practices;
using Modular.Host.Programs;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.Webhooks;

/// <summary>Makes and ends webhooks. A program is told of nothing that it could not read, and nobody sends it what they may not see themselves.</summary>
public sealed class WebhookAdmin(
    ProgramsDb db, Authority authority, MessageContracts contracts, WebhookState state, OutgoingClient outgoing, PracticeRegistry practices,
    IMessageBus bus, ScopeContext scope, TimeProvider clock)
{
    public const string TestAlias = "core.webhook-test.v1";

    /// <summary>Messages that this program may be told of.</summary>
    public IReadOnlyList<MessageContract> Offered(ConnectedProgram program) =>
        [.. contracts.Here(scope.Practice).Where(c => !c.OneHandler && MayHear(program, c.Alias) && scope.Actor.Can(c.Needs!))];

    /// <summary>Messages that it may read about, but that are of no location, while it may see some locations only.</summary>
    public IReadOnlyList<MessageContract> OfNoLocation(ConnectedProgram program) => program.AllLocations ? []
        : [.. contracts.Here(scope.Practice).Where(c => !c.OneHandler && c.Location is null && c.Needs is { } needs && program.Scopes.Contains(needs) && scope.Actor.Can(needs))];

    /// <summary>False for a message that was chosen once and is not sent any more: a permission was taken away, a module turned off, the program limited.</summary>
    public bool MayHear(ConnectedProgram program, string alias) => state.MayHear(scope.Practice, program.Scopes, program.AllLocations, alias);

    public Task<List<Webhook>> OfAsync(Guid program, CancellationToken ct) =>
        db.Webhooks.AsNoTracking().Where(w => w.ProgramId == program).OrderBy(w => w.EndedBy != null).ThenBy(w => w.MadeAt).ToListAsync(ct);

    public Task<Webhook?> FindAsync(Guid id, CancellationToken ct) => db.Webhooks.FirstOrDefaultAsync(w => w.Id == id, ct);

    /// <returns>The webhook and the secret that signs, which is shown once.</returns>
    /// <exception cref="PeopleException">The sentence to show.</exception>
    public async Task<(Webhook Webhook, string Secret)> AddAsync(ConnectedProgram program, string url, IReadOnlyCollection<string> aliases, CancellationToken ct)
    {
        if ((authority.Fault(program) ?? await AddressFaultAsync(url, ct)) is { } wrong)
        {
            throw new PeopleException(wrong);
        }

        if (Fault(program, aliases) is { } fault)
        {
            throw new PeopleException(fault);
        }

        var id = Guid.CreateVersion7();
        var secret = "whs_" + WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        var webhook = new Webhook
        {
            Id = id, ProgramId = program.Id, Url = url, Aliases = [.. aliases.Distinct().Order(StringComparer.Ordinal)], Secret = state.Seal(scope.Practice, id, secret),
            MadeAt = clock.GetUtcNow(), MadeBy = scope.Actor.Name,
        };
        db.Add(webhook);
        await SaveAsync(ct);
        return (webhook, secret);
    }

    public async Task EndAsync(Webhook webhook, CancellationToken ct)
    {
        await JudgeAsync(webhook, ct);
        (webhook.EndedAt, webhook.EndedWhy, webhook.EndedBy) = (webhook.EndedAt ?? clock.GetUtcNow(), webhook.EndedWhy ?? "Taken away", scope.Actor.Name);
        await SaveAsync(ct);
    }

    /// <summary>After the host gave up and the other side was mended; what failed meanwhile waits among the failed messages.</summary>
    public async Task ResumeAsync(Webhook webhook, CancellationToken ct)
    {
        await JudgeAsync(webhook, ct);
        if (webhook.EndedBy is not null)
        {
            throw new PeopleException("This webhook was taken away. Make a new one.");
        }

        (webhook.EndedAt, webhook.EndedWhy, webhook.FailingSince, webhook.Failure) = (null, null, null, null);
        await SaveAsync(ct);
    }

    /// <summary>Sends something that holds nothing, so that the other side can be tried.</summary>
    public async Task TestAsync(Webhook webhook, CancellationToken ct)
    {
        await JudgeAsync(webhook, ct);
        await bus.PublishAsync(new WebhookDue(webhook.Id, Guid.CreateVersion7(), TestAlias, clock.GetUtcNow(), JsonSerializer.SerializeToElement(new { test = true })));
    }

    private async Task JudgeAsync(Webhook webhook, CancellationToken ct)
    {
        if (authority.Fault(await db.Programs.AsNoTracking().SingleAsync(p => p.Id == webhook.ProgramId, ct)) is { } fault)
        {
            throw new PeopleException(fault);
        }
    }

    /// <summary>What is wrong with an address, for the field where it was typed; null when it can be tried.</summary>
    public async Task<string?> AddressFaultAsync(string url, CancellationToken ct) =>
        url.Length > 500 || !Uri.TryCreate(url, UriKind.Absolute, out var address) ? "Type the whole address, such as https://example.com/modular."
            : await outgoing.FaultAsync(address, ct);

    private string? Fault(ConnectedProgram program, IReadOnlyCollection<string> aliases) =>
        program.RevokedAt is not null ? "This program was cut off. Connect it anew."
            : aliases.Count == 0 ? "Choose at least one message."
            : OfNoLocation(program).FirstOrDefault(c => aliases.Contains(c.Alias)) is { } everywhere ? $"{everywhere.Alias} is of no location, and this program may see some locations only. It can ask the API instead."
            : aliases.Except(Offered(program).Select(c => c.Alias)).FirstOrDefault() is { } beyond ? $"This program may not be told of {beyond}."
            : null;

    private async Task SaveAsync(CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        // What is published from now on, on any host, knows of it.
        await practices.ChangedAsync(scope.Practice, ct);
    }
}
