using Modular.Host.Audit;
using Modular.Host.Bus;
using Modular.Host.Data;
using Modular.Host.Practices;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Modules;

/// <summary>
/// Turns modules on and off for one practice, effective on the next request on every host. On goes through subscribing and filling
/// (<see cref="FillModuleHandler"/>); off parks what was still queued, and nothing is deleted.
/// </summary>
public sealed class Enabling(IServiceProvider services, PracticeRegistry practices, InstalledModules modules, HandlerMap handlers)
{
    /// <param name="from">The filling leaves out what is older, each kind of fact by the rule of its owner; null takes everything.</param>
    /// <exception cref="EnablingRefusedException">With the sentence for the page.</exception>
    public async Task EnableAsync(Practice practice, string module, DateOnly? from, Actor actor, CancellationToken ct)
    {
        var wanted = modules.Find(module);
        if (wanted is not { Runs: true })
        {
            throw new EnablingRefusedException(wanted?.Reason ?? "This module is not installed.");
        }

        if (practice.Snapshot.ModuleStates.GetValueOrDefault(module) is "on" or "filling" or "subscribing")
        {
            throw new EnablingRefusedException($"{wanted.Manifest.Name} is already on.");
        }

        if ((wanted.Manifest.DependsOn ?? []).FirstOrDefault(id => !practice.IsOn(id)) is { } missing)
        {
            throw new EnablingRefusedException($"{wanted.Manifest.Name} needs {modules.Find(missing)?.Manifest.Name ?? missing}; enable that first.");
        }

        await ChangeAsync(practice, module, "turned on", actor, async (connection, bus) =>
        {
            await Subscriptions.AddAsync(connection, handlers.All.Where(h => h.Module == module), ct);
            await BeginFillingAsync(connection, bus, module, "subscribing", from, actor, ct);
        }, ct);
    }

    /// <exception cref="EnablingRefusedException">With the sentence for the page.</exception>
    public async Task DisableAsync(Practice practice, string module, Actor actor, CancellationToken ct)
    {
        if (Dependents(practice, module).FirstOrDefault() is { } dependent)
        {
            throw new EnablingRefusedException($"{dependent.Manifest.Name} needs this module; disable that first.");
        }

        await ChangeAsync(practice, module, "turned off", actor, async (connection, _) =>
        {
            await Subscriptions.LockAsync(connection, ct);
            await using var batch = new NpgsqlBatch(connection);
            foreach (var sql in (string[])
            [
                "update core.modules set state = 'off', fill_state = null, reason = null, changed_at = now() where module = $1",
                "delete from bus.subscriptions where module = $1",
            ])
            {
                batch.BatchCommands.Add(new(sql) { Parameters = { new() { Value = module } } });
            }

            await batch.ExecuteNonQueryAsync(ct);
            await Parked.ParkModuleAsync(connection, module, ct);
        }, ct);
    }

    /// <summary>Fills the module's projections again from everything that exists; pages go on meanwhile.</summary>
    /// <exception cref="EnablingRefusedException">With the sentence for the page.</exception>
    public async Task RebuildAsync(Practice practice, string module, Actor actor, CancellationToken ct)
    {
        if (!practice.IsOn(module))
        {
            throw new EnablingRefusedException("This module is off here; enabling it fills it.");
        }

        await ChangeAsync(practice, module, "filled anew", actor, (connection, bus) => BeginFillingAsync(connection, bus, module, "filling", null, actor, ct), ct);
    }

    /// <summary>Enabled modules that cannot be without this one.</summary>
    public IEnumerable<LoadedModule> Dependents(Practice practice, string module) =>
        modules.Running.Where(m => practice.IsOn(m.Id) && (m.Manifest.DependsOn ?? []).Contains(module));

    private static async Task BeginFillingAsync(NpgsqlConnection connection, IMessageBus bus, string module, string state, DateOnly? from, Actor actor, CancellationToken ct)
    {
        var run = Guid.CreateVersion7();
        await using var command = new NpgsqlCommand("""
            insert into core.modules (module, state, fill_from, fill_state) values ($1, $2, $3, jsonb_build_object('run', $4, 'by', $5, 'rows', 0))
            on conflict (module) do update set state = excluded.state, fill_from = excluded.fill_from, fill_state = excluded.fill_state,
                reason = null, changed_at = now()
            """, connection)
        {
            Parameters =
            {
                new() { Value = module }, new() { Value = state }, new() { Value = (object?)from ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Date },
                new() { Value = run }, new() { Value = actor.Name },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
        await bus.PublishAsync(new FillModule(module, run, 0, null), new(Key: module));
    }

    private async Task ChangeAsync(Practice practice, string module, string what, Actor actor, Func<NpgsqlConnection, IMessageBus, Task> change, CancellationToken ct)
    {
        await using (var scope = services.OpenScope(practice, actor))
        {
            var work = scope.ServiceProvider.GetRequiredService<Work>();
            await using var write = await work.BeginAsync(null, ct);
            await change(work.Connection, scope.ServiceProvider.GetRequiredService<IMessageBus>());
            scope.ServiceProvider.GetRequiredService<AuditTrail>().Add(work, new(AuditTrail.Change, module, $"module {what}", "modules"));
            await write.CommitAsync(ct);
        }

        await practices.ChangedAsync(practice, ct);
    }
}

public sealed class EnablingRefusedException(string sentence) : Exception(sentence);
