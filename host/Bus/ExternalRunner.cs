using Modular.Host.Data;
using Npgsql;

namespace Modular.Host.Bus;

/// <summary>
/// Handles one message whose effect is outside the database: no transaction and no connection during the call.
/// A crash between the call and the mark repeats the call with the same envelope id.
/// </summary>
public sealed class ExternalRunner(BatchRunner batches, JobResults jobs, TimeProvider clock, BusOptions options)
{
    /// <exception cref="HandlerFailedException">The call failed.</exception>
    public async Task RunAsync(PracticeLane lane, InboxRow row, int node, CancellationToken stop)
    {
        if (!await IsMineAsync(lane, row, node, stop))
        {
            lane.Done([row]);
            return;
        }

        try
        {
            await using var scope = batches.Open(lane, row, null);
            await batches.CallAsync(scope.ServiceProvider, lane, [row], stop);
            await using var lease = await lane.EnterAsync(stop);
            await CommitAsync(scope.ServiceProvider.GetRequiredService<Work>(), row, node, stop);
        }
        catch (Exception e) when (!Failures.IsConnection(e, null) && !stop.IsCancellationRequested)
        {
            BatchRunner.Fail(lane, row, e, alone: true);
        }

        lane.Done([row]);
        lane.PurgeAt ??= clock.GetUtcNow() + options.KeepHandled;
    }

    private static async Task<bool> IsMineAsync(PracticeLane lane, InboxRow row, int node, CancellationToken stop)
    {
        await using var lease = await lane.EnterAsync(stop);
        return (await Inbox.LockAsync(await lease.OpenAsync(stop), [row], node, stop)).Count > 0;
    }

    private async Task CommitAsync(Work work, InboxRow row, int node, CancellationToken stop)
    {
        await using var write = await work.BeginAsync(null, stop);
        var mine = await Inbox.LockAsync(work.Connection, [row], node, stop);
        if (mine.Count == 0)
        {
            // Another host took it meanwhile and publishes what follows.
            return;
        }

        work.BeforeCommit(async (NpgsqlConnection connection, CancellationToken ct) =>
        {
            await Inbox.HandledAsync(connection, [row], clock.GetUtcNow() + options.KeepHandled, ct);
            await jobs.DoneAsync(connection, [row], ct);
        });
        await write.CommitAsync(stop);
    }
}
