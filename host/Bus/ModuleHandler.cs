using Wolverine;
using Wolverine.Runtime;
using Wolverine.Runtime.Handlers;

namespace Modular.Host.Bus;

/// <summary>
/// What Wolverine's pipeline calls for one message of one queue. Made here and given to the queue, so that no code is generated for it
/// and no compiler is loaded; a module refers to the SDK alone.
/// </summary>
public sealed class ModuleHandler(Type message, Func<BusPump> pump) : MessageHandler
{
    public override Type MessageType => message;

    /// <param name="cancellation">Ends after Wolverine's time for one message; a batch has its own, which ends when the host stops.</param>
    public override async Task HandleAsync(MessageContext context, CancellationToken cancellation)
    {
        await pump().DeliveredAsync(context.Envelope!);
        // The mark in the table was made in the transaction of the effect, or is somebody else's to make.
        context.Envelope!.Status = EnvelopeStatus.Handled;
    }
}
