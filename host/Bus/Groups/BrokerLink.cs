using System.Globalization;
using Modular.Host.Bus.RabbitMq;
using Modular.Host.Contracts;
using Modular.Host.Practices;
using Modular.Host.Start;
using Npgsql;

namespace Modular.Host.Bus.Groups;

/// <summary>
/// Keeps this host's line to the broker: reads the group's queue, and has sent what practices have for others. While the broker is away everything
/// waits in the practices' databases, and nobody who publishes notices.
/// </summary>
public sealed class BrokerLink(
    BrokerSettings settings, Departures departures, DepartureSender sender, Arrivals arrivals, MessageContracts contracts, BusPump pump, DueHints hints,
    TimeProvider clock, ILogger<BrokerLink> log)
    : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private bool told;

    public Departures Departures => departures;

    /// <summary>Since when there is no line; null while there is one.</summary>
    public DateTimeOffset? AwaySince { get; private set; } = clock.GetUtcNow();

    /// <summary>For monitors: how it stands, over all practices.</summary>
    public string Sentence => $"{Standing} {Waiting(sender.Waiting.Values.Sum())}";

    /// <summary>For the people of one practice; null when all is well.</summary>
    public async Task<string?> SentenceAsync(NpgsqlConnection connection, CancellationToken ct) =>
        AwaySince is null && sender.Failing.Count == 0 ? null : $"{Standing} {Waiting(await Departures.CountAsync(connection, ct))}";

    /// <summary>So many rows were committed, perhaps none. A verb of an administrator has no line and tells the hosts.</summary>
    public void Left(PracticeLane lane, int rows)
    {
        if (rows > 0 && pump.NodeId == 0)
        {
            pump.TellOthers(lane.Practice);
        }
        else if (rows > 0)
        {
            sender.Add(lane, rows);
        }
    }

    /// <summary>Somebody looks into this practice's tables: perhaps there are rows that no living host knows of.</summary>
    public async Task LookAsync(PracticeLane lane, NpgsqlConnection connection, CancellationToken ct)
    {
        if (await Departures.CountAsync(connection, ct) is > 0 and var rows)
        {
            sender.Set(lane, rows);
        }
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        CheckAliases();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await using (var line = BrokerLine.To(settings.Address, $"modular {settings.Group} {Environment.MachineName}"))
            {
                await UseAsync(line, stoppingToken);
            }

            await Task.Delay(Again, clock, stoppingToken);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var lane in sender.Waiting.Keys)
        {
            // For the other hosts of the group.
            hints.Add(lane.Practice.Id, clock.GetUtcNow());
        }

        try
        {
            await hints.WriteAsync(cancellationToken);
        }
        catch (NpgsqlException)
        {
            // Whoever starts next looks everywhere.
        }
    }

    private string Standing =>
        AwaySince is { } since ? $"The message broker has been away since {since.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC."
        : sender.Failing.Count == 0 ? "The message broker is there."
        : $"The message broker is there, but {string.Join(" and ", sender.Failing.Select(f => $"its queue {f.Key.Queue} takes nothing ({f.Value})"))}.";

    private static string Waiting(long messages) => messages switch
    {
        0 => "No message waits for it.",
        1 => "One message waits for it.",
        _ => string.Create(CultureInfo.InvariantCulture, $"{messages} messages wait for it."),
    };

    /// <summary>Until it breaks.</summary>
    private async Task UseAsync(BrokerLine line, CancellationToken stop)
    {
        try
        {
            while (!await TryOpenAsync(line))
            {
                await Task.Delay(Again, clock, stop);
            }

            await line.ListenAsync(settings.Queue, came => arrivals.JudgeAsync(came, stop));
            log.LogInformation("The message broker is there");
            (AwaySince, told) = (null, false);
            await sender.SendAsync(line, stop);
            NoteAway("closed");
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            NoteAway((e is LineBrokenException ? e.InnerException! : e).GetType().Name);
        }
    }

    private async Task<bool> TryOpenAsync(BrokerLine line)
    {
        try
        {
            await line.OpenAsync();
            return true;
        }
        catch (Exception e)
        {
            NoteAway(e.GetType().Name);
            return false;
        }
    }

    /// <param name="why">A kind: the text of an exception may hold the address.</param>
    private void NoteAway(string why)
    {
        AwaySince ??= clock.GetUtcNow();
        if (!told)
        {
            told = true;
            log.LogWarning("The message broker is away ({Reason}); messages for others wait in their practices", why);
        }
    }

    /// <exception cref="SettingException">A message is named that never leaves or comes. One that no module has may come with a module.</exception>
    private void CheckAliases()
    {
        var leaving = settings.Destinations.SelectMany(to => to.Aliases.Select(alias => (Alias: alias, Fault: to.FaultOf(alias, contracts))));
        var coming = (settings.Takes ?? []).Select(alias => (Alias: alias, Fault: BrokerSettings.FaultOf(alias, contracts)));
        foreach (var (alias, fault) in leaving.Concat(coming).Where(f => f.Fault is not null))
        {
            if (contracts.Find(alias) is not null)
            {
                throw new SettingException($"The broker's settings: {fault}");
            }

            log.LogWarning("The broker's settings: {Fault}", fault);
        }
    }
}
