using Modular.Host.Practices;
using Npgsql;

namespace Modular.Host.Bus;

/// <summary>Places in the bus's share of connections, and the connection once it is asked for.</summary>
public sealed class Lease(Practice practice, SemaphoreSlim ofPractice, SemaphoreSlim ofProcess) : IAsyncDisposable
{
    private NpgsqlConnection? connection;

    public async Task<NpgsqlConnection> OpenAsync(CancellationToken ct) => connection ??= await practice.OpenAsync(ct);

    public async ValueTask DisposeAsync()
    {
        if (connection is not null)
        {
            await connection.DisposeAsync();
        }

        ofProcess.Release();
        ofPractice.Release();
    }
}
