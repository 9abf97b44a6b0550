using System.Diagnostics;
using Modular.Host.Logging;
using Modular.Host.Start;
using Npgsql;
using Wolverine;
using Wolverine.ErrorHandling;
using Wolverine.Runtime;
using Delivery = Wolverine.Envelope;

namespace Modular.Host.Bus;

/// <summary>
/// What becomes of a message that failed, as rules of Wolverine, which counts the attempts: again at once, again later, or a dead letter.
/// It never stops its queue. Each step is a statement of ours and not Wolverine's own, because a host that was paused may judge a message that
/// another one has handled meanwhile.
/// </summary>
public sealed class Failures(BusOptions options, HandlerMap handlers, JobResults jobs, PracticeTenants tenants, DurabilitySettings wolverineSettings, StartOptions start, IServiceProvider services, TimeProvider clock, ILogger<Failures> log)
{
    public void Judge(WolverineOptions wolverine)
    {
        wolverine.OnException<HandlerFailedException>(failed => failed.Cause is UnreadableMessageException, "No retry helps").ContinueWith(new Rule("Dead letter", DieAsync));
        IFailureActions next = wolverine.OnException<HandlerFailedException>();
        foreach (var wait in options.QuickRetries)
        {
            next = next.ContinueWith(new Rule($"Again in {wait}", (lane, row, _) => AgainAsync(lane, row, wait))).Then;
        }

        foreach (var wait in options.ScheduledRetries)
        {
            next = next.ContinueWith(new Rule($"From the table in {wait}", (lane, row, exception) => PutOffAsync(lane, row, wait, exception))).Then;
        }

        next.ContinueWith(new Rule("Dead letter", DieAsync));
    }

    private BusPump Pump => services.GetRequiredService<BusPump>();

    /// <summary>True when the connection or the server went away: no fault of the message.</summary>
    public static bool IsConnection(Exception exception, NpgsqlConnection? connection)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is PostgresException p)
            {
                return p.SqlState.StartsWith("57P", StringComparison.Ordinal) || p.SqlState.StartsWith("08", StringComparison.Ordinal)
                    || p.SqlState == PostgresErrorCodes.TooManyConnections;
            }

            if (e is NpgsqlException)
            {
                return true;
            }
        }

        return connection is not null && connection.FullState != System.Data.ConnectionState.Open;
    }

    private Task AgainAsync(PracticeLane lane, InboxRow row, TimeSpan wait)
    {
        row.Alone = true;
        var jittered = Jittered(wait);
        row.RestsUntil = clock.GetUtcNow() + jittered;
        Pump.Later(jittered, () =>
        {
            row.RestsUntil = default;
            lane.Requeue(row);
        });
        return Task.CompletedTask;
    }

    private async Task PutOffAsync(PracticeLane lane, InboxRow row, TimeSpan wait, Exception exception)
    {
        var when = clock.GetUtcNow() + wait;
        await using (var lease = await lane.EnterAsync(CancellationToken.None))
        {
            var connection = await lease.OpenAsync(CancellationToken.None);
            if (await Inbox.ScheduleAsync(connection, row, IsSequential(row), when, Pump.NodeId, CancellationToken.None))
            {
                await jobs.NoteAsync(connection, row, $"Failed ({Kind(exception)}), tries again", CancellationToken.None);
            }
        }

        lane.Done([row]);
        lane.NoteDue(when, hint: true);
    }

    private async Task DieAsync(PracticeLane lane, InboxRow row, Exception exception)
    {
        await using (var lease = await lane.EnterAsync(CancellationToken.None))
        {
            var connection = await lease.OpenAsync(CancellationToken.None);
            await using var transaction = await connection.BeginTransactionAsync();
            var reason = exception is UnreadableMessageException unreadable ? unreadable.Message : Failure.Chain(exception);
            var letter = new Letter(row, IsSequential(row), exception, Kind(exception), reason, start.Development ? exception.ToString() : Failure.Frames(exception));
            if (await DeadLetterBox.AddAsync(connection, await tenants.FindAsync(lane.Practice), wolverineSettings, letter, Pump.NodeId))
            {
                await jobs.NoteAsync(connection, row, $"Failed ({Kind(exception)})", CancellationToken.None);
                log.LogError(exception, "Message {Id} of {Queue} is a dead letter in practice {Practice}, correlation {Correlation}",
                    row.Id, row.Queue, lane.Practice.Row.Slug, row.CorrelationId);
            }

            await transaction.CommitAsync();
        }

        lane.Done([row]);
    }

    private async ValueTask ApplyAsync(Func<PracticeLane, InboxRow, Exception, Task> step, Delivery delivery, Exception exception)
    {
        if (!Pump.TryFind(delivery, out var lane, out var row))
        {
            return;
        }

        log.LogWarning(exception, "{Queue} failed on message {Id} of practice {Practice}, attempt {Attempt}, correlation {Correlation}",
            row.Queue, row.Id, lane.Practice.Row.Slug, delivery.Attempts, row.CorrelationId);
        try
        {
            await step(lane, row, exception);
        }
        catch (Exception e)
        {
            // Its failure could not be written down: it fails again in a moment.
            log.LogWarning("The failure of message {Id} could not be written down ({Exception})", row.Id, e.GetType().Name);
            await AgainAsync(lane, row, TimeSpan.FromSeconds(1));
        }
    }

    private bool IsSequential(InboxRow row) => handlers.SequentialQueues.Contains(row.Queue);

    private static TimeSpan Jittered(TimeSpan wait) => wait + wait * (Random.Shared.NextDouble() / 2);

    /// <summary>Type and, from the database, its error code: nothing that a patient's data could be in.</summary>
    private static string Kind(Exception exception)
    {
        var inner = exception;
        while (inner.InnerException is { } next && inner is not PostgresException)
        {
            inner = next;
        }

        return inner is PostgresException p ? $"PostgresException {p.SqlState}" : exception.GetType().Name;
    }

    /// <summary>One slot of Wolverine's rules.</summary>
    private sealed class Rule(string description, Func<PracticeLane, InboxRow, Exception, Task> step) : IContinuationSource
    {
        public string Description => description;

        public IContinuation Build(Exception ex, Delivery envelope) => new Step(step, ((HandlerFailedException)ex).Cause);
    }

    private sealed class Step(Func<PracticeLane, InboxRow, Exception, Task> step, Exception cause) : IContinuation
    {
        public ValueTask ExecuteAsync(IEnvelopeLifecycle lifecycle, IWolverineRuntime runtime, DateTimeOffset now, Activity? activity) =>
            runtime.Services.GetRequiredService<Failures>().ApplyAsync(step, lifecycle.Envelope!, cause);
    }
}

/// <summary>Says to Wolverine, and to its log, that a handler failed: the exception's own text stays out of both, for a patient's data could be in it.</summary>
public sealed class HandlerFailedException(Exception cause, int failures) : Exception($"A handler failed: {cause.GetType().Name}")
{
    public Exception Cause => cause;

    /// <summary>Of this message so far, this one too.</summary>
    public int Failures => failures;
}

/// <summary>No retry helps: the message is unknown here or its body is not what the alias promises.</summary>
public sealed class UnreadableMessageException(string sentence, Exception? inner) : Exception(sentence, inner);
