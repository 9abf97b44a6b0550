using Microsoft.Extensions.Logging;

namespace Modular.Host.Postgres;

/// <summary>
/// A private cluster that another process of this computer runs in the same folder: another host, or a verb that came first. When that
/// process ends its server ends with it, and this one runs the cluster on, at the same socket.
/// </summary>
public sealed class JoinedCluster(string folder, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource stopping = new();
    private int disposed;
    private Task keeping = Task.CompletedTask;
    private volatile EmbeddedPostgres? own;

    /// <summary>The server was away and runs again, here or there: no connection from before is good.</summary>
    public event Action? Restarted;

    /// <summary>This process runs it by now.</summary>
    internal bool Runs => own is not null;

    /// <summary>Begins to watch; until it is disposed of the cluster runs, whoever else ends.</summary>
    public void Keep() => keeping = KeepAsync(stopping.Token);

    private async Task KeepAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Look);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                if (await TakeOverAsync(ct))
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // This host ends.
        }
    }

    private async Task<bool> TakeOverAsync(CancellationToken ct)
    {
        try
        {
            if (EmbeddedPostgres.FindRunning(folder, "postgres") is not null)
            {
                return false;
            }

            own = await EmbeddedPostgres.StartAsync(folder, new() { KeepRunning = true }, logger, ct);
        }
        catch (PostgresUnavailableException)
        {
            return false; // Its own process starts it again, or another that had joined was faster.
        }

        logger.LogWarning("The process that ran PostgreSQL in {Folder} has ended; it runs in this one now", folder);
        own.Restarted += () => Restarted?.Invoke();
        Restarted?.Invoke();
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1)
        {
            return;
        }

        await stopping.CancelAsync();
        await keeping;
        if (own is not null)
        {
            await own.DisposeAsync();
        }

        stopping.Dispose();
    }
}
