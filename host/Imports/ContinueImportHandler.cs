using Modular.Sdk;

namespace Modular.Host.Imports;

/// <summary>Do the next rows of an import. Sent again until there are none.</summary>
[Message("core.continue-import.v1")]
public sealed record ContinueImport(Guid ImportId);

/// <summary>
/// Each batch commits by itself, with its position, in a scope of its own (hence external): a repeated message finds the next rows
/// and does them once.
/// </summary>
[External]
public sealed class ContinueImportHandler(ImportRunner runner, ScopeContext scope)
{
    public async Task<OutgoingMessage?> HandleAsync(ContinueImport message, CancellationToken ct) =>
        await runner.StepAsync(scope.Practice, message.ImportId, ct) ? new(message, new(Bulk: true)) : null;
}
