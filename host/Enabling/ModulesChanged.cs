using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Enabling;

/// <summary>
/// What is on in this practice changed: every host takes it up. Written with the change itself, because the host that made it may be
/// gone a moment after its commit, and the catalogue is another database.
/// </summary>
[Message("core.modules-changed.v1", OneHandler = true)]
public sealed record ModulesChanged;

public sealed class ModulesChangedHandler(ScopeContext scope, Catalogue catalogue)
{
    public Task HandleAsync(ModulesChanged changed, CancellationToken ct) => catalogue.RaiseGateAsync(scope.Practice.Id, ct);
}
