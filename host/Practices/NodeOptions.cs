namespace Modular.Host.Practices;

/// <param name="DeadAfter">A host unseen for this long is dead: each says well before that it lives.</param>
public sealed record NodeOptions(TimeSpan DeadAfter);
