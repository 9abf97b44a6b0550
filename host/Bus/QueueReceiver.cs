using Wolverine.Runtime;
using Wolverine.Runtime.Handlers;

namespace Modular.Host.Bus;

/// <summary>
/// What Wolverine's pipeline calls for one message of one queue. Made here and given to the queue, so that no code is generated for it
/// and no compiler is loaded; a module refers to the SDK alone.
/// </summary>
public sealed class QueueReceiver<T>(Func<BusPump> pump) : MessageHandler<T>
{
    /// <summary>A failure is said once, by <see cref="Failures"/>, with the practice and without the exception's own text.</summary>
    public override void ConfigureChain(HandlerChain chain) => chain.SuccessLogLevel = chain.ProcessingLogLevel = chain.FailureLogLevel = LogLevel.None;

    /// <param name="cancellation">Ends after Wolverine's time for one message; a batch has its own, which ends when the host stops.</param>
    protected override async Task HandleAsync(T message, MessageContext context, CancellationToken cancellation)
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
