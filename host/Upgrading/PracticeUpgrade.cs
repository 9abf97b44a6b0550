using Modular.Host.Bus;
using Modular.Host.Installed;
using Modular.Host.Jobs;
using Modular.Host.Migrations;
using Modular.Host.Practices;
using Modular.Host.Start;

namespace Modular.Host.Upgrading;

/// <summary>Takes a practice up: migrates where the fingerprint differs, completes its subscriptions, reads its snapshot, plans its jobs.</summary>
public sealed class PracticeUpgrade(InstalledModules modules, HandlerMap handlers, StartOptions options, TimeProvider clock, ILogger<PracticeUpgrade> log)
{
    public async Task TakeUpAsync(Practice practice, CancellationToken ct)
    {
        var failed = await Migrator.ApplyAsync(practice.Database, modules.Migrations, ct);
        if (failed.TryGetValue(LoadedModule.CoreId, out var reason))
        {
            throw new PracticeFaultException($"It cannot be upgraded: {reason.Message}");
        }

        foreach (var (module, failure) in failed)
        {
            log.LogError(failure.InnerException, "The migrations of {Module} failed in {Practice}, where it is off: {Reason}", module, practice.Row.Slug, failure.Message);
        }

        await TakeSnapshotAsync(practice, failed.ToDictionary(f => f.Key, f => f.Value.Message), ct);
        await JobPlan.EnsureAsync(practice, modules, options, clock, ct);
    }

    /// <summary>What is on stays as it is read until its subscriptions are complete: a module turned off in between must not be subscribed again.</summary>
    private async Task TakeSnapshotAsync(Practice practice, IReadOnlyDictionary<string, string> failed, CancellationToken ct)
    {
        // Before the state is read: whoever raised it had committed, so the state is of this version or newer.
        var gate = practice.Row.GateVersion;
        await using var connection = await practice.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var states = await ModuleStates.HoldAsync(connection, ct);
        practice.Snapshot = await PracticeSnapshotReader.ReadAsync(connection, gate, states, modules, failed, ct);
        await Subscriptions.AddMissingAsync(practice, handlers, ct);
        await transaction.CommitAsync(ct);
    }
}
