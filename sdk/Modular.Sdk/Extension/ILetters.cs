using Microsoft.AspNetCore.Html;

namespace Modular.Sdk;

/// <summary>Writes letters: the practice's own text where it has one, the module's standard text otherwise.</summary>
public interface ILetters
{
    /// <summary>
    /// One letter. A kind on <c>letter</c> paper stands between the practice's letterhead and foot of the same language.
    /// </summary>
    /// <param name="kind">One that a running module declared.</param>
    /// <param name="record">What it is about. Its language is the reader's; null or one that the kind does not have is the kind's first.</param>
    /// <exception cref="ArgumentException">A value that the kind does not declare, or of another type: a mistake of the module.</exception>
    /// <exception cref="InvalidOperationException">No running module declared the kind.</exception>
    Task<WrittenLetter> WriteAsync(LetterKind kind, LetterRecord record, CancellationToken ct = default);
}

/// <summary>What one letter is about.</summary>
/// <param name="Id">Of the module's row, as the module's list names it: a visit, a referral.</param>
/// <param name="Values">By the names of the kind's fields. A field that is left out is empty.</param>
/// <example><code>
/// new LetterRecord(visit.Id, new() { ["patient.name"] = patient.ReadName }) { PatientId = patient.Id, Language = patient.Language }
/// </code></example>
public sealed record LetterRecord(Guid Id, Dictionary<string, object?> Values)
{
    /// <summary>Which record it is, for whoever chooses one or reads that its letter is missing: "Ana Rivera, Jun 18".</summary>
    public string? Label { get; init; }

    /// <summary>Whom it is about: the host keeps it from whoever the chart is shut to, and writes the access log.</summary>
    public Guid? PatientId { get; init; }

    /// <summary>Whose name, address and phone stand in the letterhead; null for the practice's name alone.</summary>
    public Guid? LocationId { get; init; }

    /// <summary>The reader's, ISO 639-1; null for the kind's first.</summary>
    public string? Language { get; init; }
}

/// <param name="Language">The one it is written in, for the <c>lang</c> of its element.</param>
/// <param name="Html">What goes on the page: the letter, or the sentence that says why there is none. Values are encoded.</param>
/// <param name="Fault">That sentence; null when the letter is there. A letter is whole or not there at all.</param>
public sealed record WrittenLetter(string Language, IHtmlContent Html, string? Fault);
