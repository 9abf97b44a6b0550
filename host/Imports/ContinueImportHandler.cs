using Modular.Host.Bus;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Imports;

/// <summary>Do the next rows of an import. Sent again until there are none.</summary>
[Message("core.continue-import.v1")]
public sealed record ContinueImport(Guid ImportId);

/// <summary>
/// Each batch commits by itself, with its position, in a scope of its own (hence external): a repeated message finds the next rows
/// and does them once. What the import tells other modules waits meanwhile, and moves on a little between two messages.
/// </summary>
[External]
public sealed class ContinueImportHandler(ImportRunner runner, BusPump pump, ScopeContext scope, TimeProvider clock)
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);

    public async Task<OutgoingMessage?> HandleAsync(ContinueImport message, CancellationToken ct)
    {
        using var held = pump.Lane(scope.Practice).HoldBulk();
        var began = clock.GetTimestamp();
        var more = true;
        while (more && clock.GetElapsedTime(began) < Turn && !ct.IsCancellationRequested)
        {
            more = await runner.StepAsync(scope.Practice, message.ImportId, ct);
        }

        return more ? new(message, new(Bulk: true)) : null;
    }
}
