using System.Text.Json;
using Modular.Host.Disk;
using Modular.Host.Logging;
using Modular.Host.Practices;
using Modular.Host.Start;

namespace Modular.Host.Audit;

/// <summary>
/// Sends the newest head of each chain off this machine, where a place is set. The newest one vouches for all before it. What could not
/// be sent waits for the next time, across restarts too, and the host says so.
/// </summary>
public sealed class HeadsDispatch(
    StartOptions options, SealedHeads heads, PracticeRegistry practices, TimeProvider clock, ILogger<HeadsDispatch> log) : BackgroundService
{
    private readonly HeadsDestination? destination = options.HeadsTo is { Length: > 0 } to ? HeadsDestination.Parse(to) : null;

    /// <param name="Sent">Up to which number each practice's chain was sent.</param>
    public sealed record State(Dictionary<Guid, long> Sent, DateTimeOffset? FailingSince, string? Failure);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (destination is not { } place)
            {
                // Nothing goes anywhere. It ends with the process, like the others: one that has ended is a failure.
                await Task.Delay(Timeout.Infinite, stoppingToken);
                return;
            }

            using var timer = new PeriodicTimer(place.Every, clock);
            do
            {
                await TrySendAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The process ends; what waits is sent after the next start.
        }
    }

    /// <summary>What waits and since when, as a sentence; null when nothing is set or all is well.</summary>
    public async Task<string?> SentenceAsync(CancellationToken ct)
    {
        if (destination is null || await ReadAsync(ct) is not { FailingSince: { } since } state)
        {
            return null;
        }

        return $"The heads of the audit log have not left this machine since {since:yyyy-MM-dd HH:mm} UTC ({state.Failure}). "
            + $"Those of {Sdk.Said.Many(Waiting(state).Count, "practice")} wait.";
    }

    /// <summary>Sends what is new; also called by tests.</summary>
    public async Task TrySendAsync(CancellationToken ct)
    {
        try
        {
            var state = await ReadAsync(ct);
            var waiting = Waiting(state);
            try
            {
                if (waiting.Count > 0)
                {
                    await destination!.SendAsync(waiting, ct);
                    waiting.ForEach(h => state.Sent[h.Practice] = h.Head.Seq);
                    await WriteAsync(state with { FailingSince = null, Failure = null }, ct);
                }
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogError("The heads of the audit log could not be sent off this machine: {Reason}", Failure.Describe(e));
                await WriteAsync(state with { FailingSince = state.FailingSince ?? clock.GetUtcNow(), Failure = Failure.Describe(e) }, ct);
            }
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // The disk, most likely: nothing is lost, what was sent is sent again.
            log.LogError("What was sent of the heads of the audit log could not be noted: {Reason}", Failure.Describe(e));
        }
    }

    private string File => Path.Combine(heads.Folder, "sent.json");

    private List<(Guid Practice, SealedHead Head)> Waiting(State state) =>
    [
        .. practices.All.Select(p => (p.Id, Head: heads.Last(p.Id)))
            .Where(h => h.Head is { } head && head.Seq > state.Sent.GetValueOrDefault(h.Id)).Select(h => (h.Id, h.Head!)),
    ];

    private async Task<State> ReadAsync(CancellationToken ct) => System.IO.File.Exists(File)
        ? JsonSerializer.Deserialize<State>(await System.IO.File.ReadAllTextAsync(File, ct))!
        : new([], null, null);

    private async Task WriteAsync(State state, CancellationToken ct)
    {
        PrivateFiles.CreateFolder(heads.Folder);
        await PrivateFiles.WriteAsync(File, JsonSerializer.Serialize(state), ct);
    }
}
