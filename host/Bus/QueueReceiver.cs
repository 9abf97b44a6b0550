using Wolverine.Runtime;
using Wolverine.Runtime.Handlers;

namespace Modular.Host.Bus;

/// <summary>
/// What Wolverine's pipeline calls for one message of one queue. Made here and given to the queue, so that no code is generated for it
/// and no compiler is loaded; a module refers to the SDK alone.
/// </summary>
public sealed class QueueReceiver(Type message, Func<BusPump> pump) : MessageHandler
{
    public override Type MessageType => message;

    /// <param name="cancellation">Ends after Wolverine's time for one message; a batch has its own, which ends when the host stops.</param>
    public override async Task HandleAsync(MessageContext context, CancellationToken cancellation)
    {
        try
        {
            await pump().DeliveredAsync(context.Envelope!);
        }
        catch (HandlerFailedException e)
        {
            // It may have failed in another's batch while it waited: Wolverine's rules go by the attempt.
            context.Envelope!.Attempts = e.Failures;
            throw;
        }
    }
}
