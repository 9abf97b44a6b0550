namespace Modular.Sdk.Core;

/// <summary>Letters that were written together are there to be printed: whose rows they are about may note it.</summary>
/// <param name="MergeId">The work that wrote them.</param>
/// <param name="Kind">Of the letter, as declared: <c>scheduling.no-show-letter</c>.</param>
/// <param name="By">Who had them written.</param>
/// <param name="Rows">What each is about; at most 1,000 a message. Those that could not be written are left out.</param>
[Message("core.letters-written.v1")]
public sealed record LettersWritten(Guid MergeId, string Kind, string By, DateTimeOffset At, IReadOnlyList<Guid> Rows);
