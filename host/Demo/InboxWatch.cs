using Modular.Host.Practices;
using Npgsql;

namespace Modular.Host.Demo;

/// <summary>Waits until a practice's messages are handled. For seeding and imports from the command line; pages never wait.</summary>
public sealed class InboxWatch
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns when nothing is due any more; messages scheduled for later do not count.</summary>
    public async Task EmptyAsync(Practice practice, CancellationToken ct)
    {
        while (true)
        {
            await using (var connection = await practice.OpenAsync(ct))
            await using (var due = new NpgsqlCommand("select exists (select 1 from bus.wolverine_incoming_envelopes where status = 'Incoming')", connection))
            {
                if (await due.ExecuteScalarAsync(ct) is false)
                {
                    return;
                }
            }

            await Task.Delay(Between, ct);
        }
    }
}
