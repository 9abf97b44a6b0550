using Wolverine.Configuration;
using Wolverine.RabbitMQ.Internal;
using Wolverine.Runtime;

namespace Modular.Host.Bus.RabbitMq;

/// <summary>Wolverine's properties and headers, but that a message without an id has none: made up, it would be another at every delivery.</summary>
internal sealed class StrictMapper : RabbitMqEnvelopeMapper
{
    public StrictMapper(Endpoint endpoint, IWolverineRuntime runtime)
        : base(endpoint, runtime) =>
        MapIncomingProperty(e => e.Id, (envelope, properties) => envelope.Id = Guid.TryParse(properties.MessageId, out var id) ? id : Guid.Empty);
}
