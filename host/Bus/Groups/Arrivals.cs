using System.Text;
using System.Text.Json;
using Modular.Host.Bus.RabbitMq;
using Modular.Host.Contracts;
using Modular.Host.Practices;
using Npgsql;
using Delivery = Wolverine.Envelope;

namespace Modular.Host.Bus.Groups;

/// <summary>
/// Puts what came from the broker into its practice's inbox, once, for the same handlers as a message published here. A message that this group
/// does not take is refused with a sentence; one whose practice cannot be reached comes again.
/// </summary>
public sealed class Arrivals(
    BrokerSettings settings, PracticeRegistry practices, MessageContracts contracts, BusPump pump, TimeProvider clock, ILogger<Arrivals> log)
{
    /// <summary>So long a message is known that comes again.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private const int Tries = 3;

    public async Task<IReadOnlyList<Verdict>> JudgeAsync(IReadOnlyList<Delivery> came, CancellationToken stop)
    {
        var verdicts = new List<Verdict>();
        foreach (var ofPractice in came.GroupBy(c => c.TenantId))
        {
            var practice = await FindAsync(ofPractice.Key, stop);
            var refused = ofPractice.Select(c => new Verdict(c, Fault(c, practice))).Where(v => v.Refusal is not null).ToList();
            foreach (var verdict in refused)
            {
                log.LogWarning("Message {Id} ({Alias}) from {Group} is refused: {Reason}", verdict.Envelope.Id, verdict.Envelope.MessageType, verdict.Envelope.Source, verdict.Refusal);
            }

            var good = ofPractice.Except(refused.Select(r => r.Envelope)).ToList();
            var later = good.Count > 0 && !await TakeAsync(practice!, good, stop);
            verdicts.AddRange(refused);
            verdicts.AddRange(good.Select(c => new Verdict(c, Later: later)));
        }

        return verdicts;
    }

    private async Task<Practice?> FindAsync(string? id, CancellationToken stop)
    {
        if (!Guid.TryParse(id, out var known))
        {
            return null;
        }

        if (practices.Find(known) is null)
        {
            // Perhaps another host of this group made it a moment ago.
            await practices.ReloadAsync(stop);
        }

        return practices.Find(known);
    }

    private string? Fault(Delivery came, Practice? practice) =>
        came.Id == Guid.Empty ? "It has no message id, a UUID by which a second delivery is known."
        : came.Source == settings.Group ? "It came from this group itself."
        : settings.Takes?.Contains(came.MessageType) != true ? $"This group does not take {came.MessageType}."
        : practice is null ? $"This group has no practice {came.TenantId}."
        : BrokerSettings.FaultOf(came.MessageType!, contracts) is { } fault ? fault
        : contracts.Find(came.MessageType!) is not { } known || !pump.Handlers.Of(known.Alias).Any() ? $"No module of this group handles {came.MessageType}."
        : Reads(came, known.Type) ? null : $"The body is no {came.MessageType}.";

    private static bool Reads(Delivery came, Type type)
    {
        try
        {
            return JsonSerializer.Deserialize(came.Data, type, MessageNames.Json) is not null;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>False when it cannot be had now.</summary>
    private async Task<bool> TakeAsync(Practice practice, List<Delivery> came, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (practice.Snapshot.Ready)
                {
                    await WriteAsync(pump.Lane(practice), came, stop);
                    return true;
                }
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
            {
                log.LogWarning("Messages for practice {Practice} wait: its database does not take them ({Exception})", practice.Row.Slug, e.GetType().Name);
            }

            await Task.Delay(Pause, clock, stop);
            if (attempt == Tries)
            {
                // Behind those of other practices.
                return false;
            }
        }
    }

    private async Task WriteAsync(PracticeLane lane, List<Delivery> came, CancellationToken stop)
    {
        WrittenRows written;
        await using (var lease = await lane.EnterAsync(stop))
        {
            var connection = await lease.OpenAsync(stop);
            await using var transaction = await connection.BeginTransactionAsync(stop);
            var news = await RememberAsync(connection, came, stop);
            written = await lane.WriteAsync(connection, [.. came.DistinctBy(c => c.Id).Where(c => news.Contains(c.Id)).Select(Row)], stop);
            await transaction.CommitAsync(stop);
        }

        lane.Accept(written);
    }

    /// <summary>The ids that were not here before. Two hosts that are given the same one wait for each other here.</summary>
    private async Task<HashSet<Guid>> RememberAsync(NpgsqlConnection connection, List<Delivery> came, CancellationToken stop)
    {
        var now = clock.GetUtcNow().ToUniversalTime();
        await using var command = new NpgsqlCommand("""
            with old as (delete from bus.arrived where arrived_at < $3)
            insert into bus.arrived (id, arrived_at) select id, $2 from unnest($1::uuid[]) as c (id) order by id on conflict do nothing returning id
            """, connection)
        {
            Parameters = { new() { Value = came.Select(c => c.Id).Distinct().ToArray() }, new() { Value = now }, new() { Value = now - Remembered } },
        };
        await using var reader = await command.ExecuteReaderAsync(stop);
        var news = new HashSet<Guid>();
        while (await reader.ReadAsync(stop))
        {
            news.Add(reader.GetGuid(0));
        }

        return news;
    }

    /// <summary>As it was published, but that a person of there is none of here: the name stays, for people who read.</summary>
    private OutgoingRow Row(Delivery came) => new(
        came.Id,
        came.MessageType!,
        Encoding.UTF8.GetString(came.Data!),
        came.Headers.GetValueOrDefault(Departures.KeyHeader),
        came.ScheduledTime,
        Bulk: false,
        ActorId: null,
        $"{came.UserName ?? "a program"} ({came.Source ?? "outside"})",
        Guid.TryParse(came.CorrelationId, out var correlation) ? correlation : came.Id,
        Guid.TryParse(came.Headers.GetValueOrDefault(InboxRow.CauseHeader), out var cause) ? cause : null,
        came.SentAt == default ? clock.GetUtcNow() : came.SentAt,
        new(Origin: came.Source ?? "outside"));
}
