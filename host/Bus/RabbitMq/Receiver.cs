using Wolverine;
using Wolverine.Runtime;
using Wolverine.Transports;

namespace Modular.Host.Bus.RabbitMq;

/// <summary>What becomes of a message that came: taken when neither is said.</summary>
/// <param name="Refusal">Why it is put aside.</param>
/// <param name="Later">It cannot be taken now: to the end of the queue.</param>
public sealed record Verdict(Envelope Envelope, string? Refusal = null, bool Later = false);

/// <summary>Stands where Wolverine's pipeline would: a message is acknowledged when its practice's database has it, and by nothing else.</summary>
internal sealed class Receiver(Func<IReadOnlyList<Envelope>, Task<IReadOnlyList<Verdict>>> judge, Func<Envelope, string, Task> refuse, Action broke)
    : IReceiver, ISupportDeadLetterQueue
{
    public IHandlerPipeline Pipeline => null!;

    public bool NativeDeadLetterQueueEnabled => true;

    public ValueTask ReceivedAsync(IListener listener, Envelope envelope) => ReceivedAsync(listener, [envelope]);

    public async ValueTask ReceivedAsync(IListener listener, Envelope[] messages)
    {
        try
        {
            foreach (var verdict in await judge(messages))
            {
                if (verdict.Later)
                {
                    await listener.DeferAsync(verdict.Envelope);
                    continue;
                }

                if (verdict.Refusal is { } sentence)
                {
                    await refuse(verdict.Envelope, sentence);
                }

                await listener.CompleteAsync(verdict.Envelope);
            }
        }
        catch (Exception)
        {
            // Not acknowledged: the broker gives it again, over the next line. Nothing may be thrown into Wolverine, which would answer for it.
            broke();
        }
    }

    /// <summary>Its properties cannot be read.</summary>
    public Task MoveToErrorsAsync(Envelope envelope, Exception exception) => refuse(envelope, "Its properties cannot be read.");

    public ValueTask DrainAsync() => ValueTask.CompletedTask;

    public void Dispose()
    {
        // Holds nothing.
    }
}
