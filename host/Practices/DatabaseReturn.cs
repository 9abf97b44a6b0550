using Modular.Host.Logging;

namespace Modular.Host.Practices;

/// <summary>Waits for a server that went away. All requests that wait ask it together, once in a tenth of a second.</summary>
public sealed class DatabaseReturn(Catalogue catalogue, PracticeRegistry practices, TimeProvider clock)
{
    /// <summary>A server that crashed is back in about a second; a person waits no longer than this.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5);

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private readonly Lock gate = new();
    private Task<bool>? waiting;

    /// <returns>False when it did not come back in time.</returns>
    public Task<bool> WaitAsync()
    {
        lock (gate)
        {
            return waiting is { IsCompleted: false } ? waiting : waiting = AskAsync();
        }
    }

    private async Task<bool> AskAsync()
    {
        // What was open before is dead, whoever has it.
        practices.ForgetConnections();
        var began = clock.GetTimestamp();
        while (clock.GetElapsedTime(began) < Patience)
        {
            try
            {
                await using var command = catalogue.Database.CreateCommand("select 1");
                await command.ExecuteScalarAsync();
                return true;
            }
            catch (Exception e) when (Failure.IsServerGone(e) || Failure.IsAway(e))
            {
                await Task.Delay(Tick, clock);
            }
        }

        return false;
    }
}
