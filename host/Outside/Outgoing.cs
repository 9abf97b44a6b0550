using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Outside;

/// <summary>A restored copy of a practice calls nobody until an administrator lets it.</summary>
public sealed class Outgoing(OutgoingClient client, ScopeContext scope) : IOutgoing
{
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct = default) => scope.Practice.Row.OutboundHeld
        ? throw new OutgoingRefusedException("This practice is a restored copy: what it would send is held.")
        : client.SendAsync(request, ct);
}
