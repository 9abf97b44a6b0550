using System.Collections.Concurrent;
using Modular.Host.Bus.RabbitMq;

namespace Modular.Host.Bus.Groups;

/// <summary>Sends what waits in the practices, some of each in turn, for as long as there is a line. One at a time for the whole host.</summary>
public sealed class DepartureSender(BrokerSettings settings, Departures departures, ILogger<DepartureSender> log) : IDisposable
{
    private const int Together = 100;
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<PracticeLane, long> waiting = new();
    private readonly ConcurrentDictionary<Destination, string> failing = new();
    private readonly SemaphoreSlim wake = new(0);

    /// <summary>Messages that wait, by this host's knowledge; a practice's table has the last word.</summary>
    public IReadOnlyDictionary<PracticeLane, long> Waiting => waiting;

    /// <summary>Queues that take nothing while others do, and why.</summary>
    public IReadOnlyDictionary<Destination, string> Failing => failing;

    /// <summary>So many more wait.</summary>
    public void Add(PracticeLane lane, long rows)
    {
        waiting.AddOrUpdate(lane, rows, (_, before) => before + rows);
        Wake();
    }

    /// <summary>So many wait in all.</summary>
    public void Set(PracticeLane lane, long rows)
    {
        waiting[lane] = rows;
        Wake();
    }

    /// <summary>Until the line breaks.</summary>
    /// <exception cref="LineBrokenException">It did, in the middle of a message.</exception>
    public async Task SendAsync(BrokerLine line, CancellationToken stop)
    {
        failing.Clear();
        while (await line.IsOpenAsync(stop))
        {
            var sent = 0;
            foreach (var lane in waiting.Keys)
            {
                sent += await SendOfAsync(line, lane, stop);
            }

            if (sent == 0)
            {
                await wake.WaitAsync(LookInterval, stop);
            }
        }
    }

    public void Dispose() => wake.Dispose();

    private async Task<int> SendOfAsync(BrokerLine line, PracticeLane lane, CancellationToken stop)
    {
        var known = waiting[lane];
        var (sent, all) = (0, true);
        try
        {
            foreach (var to in settings.Destinations)
            {
                var some = await SendSomeAsync(line, lane, to, stop);
                sent += some;
                all &= some < Together && !failing.ContainsKey(to);
            }
        }
        catch (Exception e) when (e is not LineBrokenException && !stop.IsCancellationRequested)
        {
            log.LogWarning("What practice {Practice} has for others cannot be had ({Exception}); trying again", lane.Practice.Row.Slug, e.GetType().Name);
            // Of a practice that was deleted nothing is left.
            all = e is ObjectDisposedException;
        }

        // What was published meanwhile was counted on top.
        if (!all || !waiting.TryRemove(new(lane, known)))
        {
            waiting.AddOrUpdate(lane, 1, (_, now) => Math.Max(1, now - (all ? known : sent)));
        }

        return sent;
    }

    private async Task<int> SendSomeAsync(BrokerLine line, PracticeLane lane, Destination to, CancellationToken stop)
    {
        // A restored copy says nothing until it is released.
        if (lane.Practice.Row.OutboundHeld)
        {
            return 0;
        }

        await using var lease = await lane.EnterAsync(stop);
        var connection = await lease.OpenAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var next = await departures.LockAsync(connection, lane.Practice.Id, to, Together, stop);
        var (sent, fault) = await TrySendAsync(line, to, next);
        if (sent.Count > 0)
        {
            await Departures.GoneAsync(connection, sent, stop);
        }

        await transaction.CommitAsync(stop);
        switch (fault)
        {
            case null: failing.TryRemove(to, out _); break;
            case QueueRefusedException: failing[to] = fault.Message; break;
            default: throw new LineBrokenException(fault);
        }

        return sent.Count;
    }

    /// <summary>In their order, the first alone: it opens the way, or finds it closed. The broker confirms each when it is safe.</summary>
    private static async Task<(List<Departure> Sent, Exception? Fault)> TrySendAsync(BrokerLine line, Destination to, List<Departure> next)
    {
        var sent = new List<Departure>();
        Exception? fault = null;
        foreach (var some in new[] { next.Take(1), next.Skip(1) })
        {
            var sending = fault is null ? some.Select(d => (Departure: d, Task: line.SendAsync(to.Queue, !to.IsProgram, d.Envelope))).ToList() : [];
            foreach (var (departure, task) in sending)
            {
                try
                {
                    await task;
                    sent.Add(departure);
                }
                catch (Exception e)
                {
                    fault ??= e;
                }
            }
        }

        return (sent, fault);
    }

    private void Wake()
    {
        if (wake.CurrentCount == 0)
        {
            wake.Release();
        }
    }
}

/// <summary>What was not confirmed is sent again over another line.</summary>
public sealed class LineBrokenException(Exception inner) : Exception("The line to the broker broke.", inner);
