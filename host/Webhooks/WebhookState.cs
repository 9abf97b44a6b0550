using System.Security.Cryptography;
using System.Text;
using Modular.Host.Bus;
using Modular.Host.Callers;
using Modular.Host.Contracts;
using Modular.Host.Keys;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Host.Programs;
using Modular.Sdk;

namespace Modular.Host.Webhooks;

/// <param name="Secret">Open: it signs. Null where another installation sealed it.</param>
/// <param name="Ended">By the host, after days of failure.</param>
public sealed record WebhookTarget(Guid Id, Guid ProgramId, string Url, string? Secret, bool Ended, string? EndedBy, DateTimeOffset? FailingSince);

/// <summary>Reads a webhook for one delivery and notes how it went, each on a connection of a moment: no transaction is open while somebody else's server answers.</summary>
public sealed class WebhookState(KeyRing ring, MessageContracts contracts, PracticeRegistry practices, ILogger<WebhookState> log)
{
    /// <summary>An address that answered nothing for so long is given up.</summary>
    public static readonly TimeSpan GivesUpAfter = TimeSpan.FromDays(5);

    public async Task<WebhookTarget?> FindAsync(Practice practice, Guid id, CancellationToken ct)
    {
        await using var connection = await practice.OpenAsync(ct);
        return (await connection.QueryAsync("select program_id, url, secret, ended_at is not null, ended_by, failing_since from core.webhooks where id = $1", [id],
            r => new WebhookTarget(id, r.GetGuid(0), r.GetString(1), Open(practice, id, r.GetFieldValue<byte[]>(2)), r.GetBoolean(3), r.TextOrNull(4), r.InstantOrNull(5)), ct)).FirstOrDefault();
    }

    /// <summary>Whether a program may be told of this kind at all. One that may see some places only hears of nothing that does not say at which it was.</summary>
    public bool MayHear(Practice practice, IEnumerable<string> scopes, bool allLocations, string alias) =>
        Heard(practice, scopes, alias) is { } contract && (allLocations || contract.Location is not null);

    /// <summary>Whether it may be told of this one: judged anew at each attempt, for what it may do and see can be less by then.</summary>
    public bool May(Practice practice, KnownProgram program, WebhookDue due) =>
        due.Alias == WebhookAdmin.TestAlias
        || (Heard(practice, program.Scopes, due.Alias) is { } contract
            && (program.Locations is not { } places || (contract.Location is { } path && MessageIds.Location(due.Data, path) is { } place && places.Contains(place))));

    /// <summary>The patients whom what is due is about.</summary>
    public Guid[] Patients(WebhookDue due) => contracts.Find(due.Alias) is { } contract ? MessageIds.Patients(due.Data, contract.Patients) : [];

    private MessageContract? Heard(Practice practice, IEnumerable<string> scopes, string alias) =>
        contracts.Find(alias) is { Needs: { } needs } contract && practice.IsOn(contract.Module.Id) && scopes.Contains(needs) ? contract : null;

    public static async Task DeliveredAsync(Practice practice, WebhookTarget hook, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await practice.OpenAsync(ct);
        await connection.ExecuteAsync("update core.webhooks set delivered_at = $2, failing_since = null, failure = null where id = $1", [hook.Id, now], ct);
    }

    public async Task FailedAsync(Practice practice, WebhookTarget hook, string failure, DateTimeOffset now, CancellationToken ct)
    {
        await using (var connection = await practice.OpenAsync(ct))
        {
            await connection.ExecuteAsync("update core.webhooks set failing_since = coalesce(failing_since, $2), failure = $3 where id = $1", [hook.Id, now, failure], ct);
            if (hook.FailingSince is not { } since || now - since < GivesUpAfter || await connection.ExecuteAsync("""
                    update core.webhooks set ended_at = $2, ended_why = $3, version = version + 1 where id = $1 and ended_at is null
                    """, [hook.Id, now, $"It failed for {GivesUpAfter.Days} days. The last time: {failure}"], ct) == 0)
            {
                return;
            }
        }

        log.LogWarning("Webhook {Webhook} of practice {Practice} was ended after days of failure", hook.Id, practice.Row.Slug);
        await practices.ChangedAsync(practice, ct);
    }

    public byte[] Seal(Practice practice, Guid id, string secret) => ring.For(practice, $"webhook {id:N}").Protect(Encoding.UTF8.GetBytes(secret));

    /// <summary>A restored copy cannot open what another practice sealed, and signs nothing: its webhooks are made anew.</summary>
    private string? Open(Practice practice, Guid id, byte[] sealedSecret)
    {
        try
        {
            return Encoding.UTF8.GetString(ring.For(practice, $"webhook {id:N}").Unprotect(sealedSecret));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
