using Modular.Sdk;

namespace Modular.Host.Acknowledgements;

/// <summary>Asks for a look at who has to read what.</summary>
[Message("core.ask-readers.v1", OneHandler = true)]
public sealed record AskReaders;

public sealed class AskReadersHandler(RequiredReaders readers)
{
    public Task HandleAsync(AskReaders message, CancellationToken ct) => readers.AskAsync(null, ct);
}
