using Modular.Sdk.Core;

namespace Modular.Host.Acknowledgements;

/// <summary>Somebody came, left or has other roles or locations: it counts at once.</summary>
public sealed class ReadersChangedHandler(RequiredReaders readers)
{
    public Task HandleAsync(PersonChanged changed, CancellationToken ct) => readers.AskAsync(null, ct);
}
