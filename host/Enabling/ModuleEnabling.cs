using Modular.Host.Audit;
using Modular.Host.Bus;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Enabling;

/// <summary>
/// Turns modules on and off for one practice, effective on the next request on every host. On goes through subscribing and filling
/// (<see cref="FillModuleHandler"/>); off parks what was still queued, and nothing is deleted. Each act is one transaction that decides on
/// the state it locked and publishes the message of its next step: killed at any moment, it happened and goes on, or it did not happen.
/// </summary>
public sealed class ModuleEnabling(IServiceProvider services, PracticeRegistry practices, InstalledModules modules, HandlerMap handlers, ILogger<ModuleEnabling> log)
{
    /// <param name="from">The filling leaves out what is older, each kind of fact by the rule of its owner; null takes everything.</param>
    /// <exception cref="EnablingRefusedException">With the sentence for the page.</exception>
    public Task EnableAsync(Practice practice, string module, DateOnly? from, Actor actor, CancellationToken ct) =>
        ActAsync(practice, module, "turned on", actor, async act =>
        {
            if (modules.Find(module) is not { Runs: true } wanted)
            {
                throw new EnablingRefusedException(modules.Find(module)?.Reason ?? "This module is not installed.");
            }

            if (practice.Snapshot.Failed.TryGetValue(module, out var reason))
            {
                throw new EnablingRefusedException($"{wanted.Manifest.Name} could not be upgraded here and cannot be turned on: {reason}");
            }

            if (ModuleStates.Wanted(act.States.GetValueOrDefault(module)))
            {
                throw new EnablingRefusedException($"{wanted.Manifest.Name} is already on.");
            }

            if ((wanted.Manifest.DependsOn ?? []).FirstOrDefault(id => !ModuleStates.Serves(act.States.GetValueOrDefault(id))) is { } missing)
            {
                var name = modules.Find(missing)?.Manifest.Name ?? missing;
                throw new EnablingRefusedException(act.States.GetValueOrDefault(missing) == ModuleStates.Subscribing
                    ? $"{wanted.Manifest.Name} needs {name}, which is just being turned on. Try again in a moment."
                    : $"{wanted.Manifest.Name} needs {name}; enable that first.");
            }

            await ModuleQueues.SubscribeAsync(act.Connection, handlers, module, ct);
            await BeginAsync(act, module, ModuleStates.Subscribing, from, actor, ct);
            return true;
        }, ct);

    /// <summary>Off already is off.</summary>
    /// <exception cref="EnablingRefusedException">With the sentence for the page.</exception>
    public async Task DisableAsync(Practice practice, string module, Actor actor, CancellationToken ct)
    {
        var changed = await ActAsync(practice, module, "turned off", actor, async act =>
        {
            if (Dependents(act.States, module).FirstOrDefault() is { } dependent)
            {
                throw new EnablingRefusedException($"{dependent.Manifest.Name} needs this module; disable that first.");
            }

            if (!ModuleStates.Wanted(act.States.GetValueOrDefault(module)))
            {
                return false;
            }

            await ModuleStates.EndAsync(act.Connection, module, ct);
            await ModuleQueues.UnsubscribeAsync(act.Connection, module, ct);
            await act.Bus.PublishAsync(new ParkModule(module), new(Key: module));
            await act.Bus.PublishAsync(new ModulesChanged());
            return true;
        }, ct);
        if (changed)
        {
            await ParkAsync(practice, module);
        }
    }

    /// <summary>Fills the module's projections again from everything that exists; pages go on meanwhile.</summary>
    /// <exception cref="EnablingRefusedException">With the sentence for the page.</exception>
    public Task RebuildAsync(Practice practice, string module, Actor actor, CancellationToken ct) =>
        ActAsync(practice, module, "filled anew", actor, async act =>
        {
            var state = act.States.GetValueOrDefault(module);
            if (!ModuleStates.Serves(state))
            {
                throw new EnablingRefusedException(state == ModuleStates.Subscribing
                    ? "This module is just being turned on, which fills it."
                    : "This module is off here; enabling it fills it.");
            }

            await BeginAsync(act, module, ModuleStates.Filling, null, actor, ct);
            return true;
        }, ct);

    /// <summary>Enabled modules that cannot be without this one.</summary>
    public IEnumerable<LoadedModule> Dependents(IReadOnlyDictionary<string, string> states, string module) =>
        modules.Running.Where(m => ModuleStates.Wanted(states.GetValueOrDefault(m.Id)) && (m.Manifest.DependsOn ?? []).Contains(module));

    private static async Task BeginAsync(Act act, string module, string state, DateOnly? from, Actor actor, CancellationToken ct)
    {
        var first = new FillModule(module, Guid.CreateVersion7());
        await ModuleStates.BeginAsync(act.Connection, module, state, first.Run, from, actor.Name, ct);
        await act.Bus.PublishAsync(first, new(Key: first.Key));
    }

    /// <returns>Whether anything changed.</returns>
    private async Task<bool> ActAsync(Practice practice, string module, string what, Actor actor, Func<Act, Task<bool>> decide, CancellationToken ct)
    {
        try
        {
            await using var scope = services.OpenScope(practice, actor);
            var work = scope.ServiceProvider.GetRequiredService<Work>();
            await using var write = await work.BeginAsync(null, ct);
            var states = await ModuleStates.LockAsync(work.Connection, ct);
            if (!await decide(new(work.Connection, scope.ServiceProvider.GetRequiredService<IMessageBus>(), states)))
            {
                return false;
            }

            scope.ServiceProvider.GetRequiredService<AuditTrail>().Add(work, new(AuditTrail.Change, module, $"module {what}", "modules"));
            await write.CommitAsync(ct);
        }
        catch (PostgresException e) when (IsBusy(e))
        {
            throw new EnablingRefusedException("Other work of this practice held on to its modules for too long, and nothing was changed. Try again in a moment.");
        }

        try
        {
            // The next request on this host shall see it. What was published tells all hosts, whatever becomes of this one.
            await practices.ChangedAsync(practice, CancellationToken.None);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            log.LogWarning("Practice {Practice} is told later that {Module} was {What}: {Exception}", practice.Row.Slug, module, what, e.GetType().Name);
        }

        return true;
    }

    /// <summary>At once, so that nothing of the module runs when the act is answered; <see cref="ParkModule"/> does it where this is in vain.</summary>
    private async Task ParkAsync(Practice practice, string module)
    {
        try
        {
            await using var connection = await practice.OpenAsync(CancellationToken.None);
            await using var transaction = await connection.BeginTransactionAsync();
            if (await ModuleStates.StaysOffAsync(connection, module, CancellationToken.None))
            {
                await ModuleQueues.ParkAsync(connection, module, CancellationToken.None);
                await transaction.CommitAsync();
            }
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            log.LogInformation("A message of {Module} is still being handled in practice {Practice}; what waits is parked after it", module, practice.Row.Slug);
        }
    }

    /// <summary>Somebody else holds what is needed, for longer than a page should wait.</summary>
    public static bool IsBusy(PostgresException e) => e.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected;

    private sealed record Act(NpgsqlConnection Connection, IMessageBus Bus, IReadOnlyDictionary<string, string> States);
}

public sealed class EnablingRefusedException(string sentence) : Exception(sentence);
