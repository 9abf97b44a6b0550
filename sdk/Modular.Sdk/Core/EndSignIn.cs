namespace Modular.Sdk.Core;

/// <summary>
/// Ends somebody's sign-in at an instant, everywhere at once: sessions, tokens of programs that act for them, open pages. Until then all goes
/// on. The same again changes nothing, another instant takes the place of the one before. An owner's sign-in is ended by another owner, and
/// never the last one's. Answered with <see cref="SignInEndSet"/>.
/// </summary>
/// <param name="At">To the second; one that has passed ends it now, null takes back an end that was to come.</param>
/// <example><code>await bus.SendAsync(new EndSignIn(person, lastDayAtSix));</code></example>
[Message("core.end-sign-in.v1", OneHandler = true)]
public sealed record EndSignIn(Guid PersonId, DateTimeOffset? At);

/// <summary>What became of <see cref="EndSignIn"/>. That the person can no longer sign in is told by <see cref="PersonChanged"/>, at the instant.</summary>
/// <param name="Refusal">Why nothing was done, as a sentence; null when it is as asked.</param>
[Message("core.sign-in-end-set.v1")]
public sealed record SignInEndSet(Guid PersonId, DateTimeOffset? At, string? Refusal);
