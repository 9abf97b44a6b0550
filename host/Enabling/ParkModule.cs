using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Enabling;

/// <summary>A module was turned off: what is still queued for it is parked, unless it was turned on again meanwhile.</summary>
[Message("core.park-module.v1", OneHandler = true)]
public sealed record ParkModule(string Module);

[Sequential]
public sealed class ParkModuleHandler(Work work)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    public async Task<OutgoingMessage?> HandleAsync(ParkModule park, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            await using var write = await work.BeginAsync(null, ct);
            if (await ModuleStates.StaysOffAsync(work.Connection, park.Module, ct))
            {
                await ModuleQueues.ParkAsync(work.Connection, park.Module, ct);
            }

            await write.CommitAsync(ct);
            return null;
        }
        catch (PostgresException e) when (ModuleEnabling.IsBusy(e))
        {
            // A message of the module takes long; the modules page shows that something still waits.
            return new(park, new(Key: park.Module, ScheduledAt: now + Soon));
        }
    }
}
