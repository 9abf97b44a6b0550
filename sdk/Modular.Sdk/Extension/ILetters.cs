using Microsoft.AspNetCore.Html;

namespace Modular.Sdk;

/// <summary>Writes letters: the practice's own text where it has one, the module's standard text otherwise.</summary>
public interface ILetters
{
    /// <param name="kind">One that the module declared.</param>
    /// <param name="language">The reader's, ISO 639-1; null or one that the kind does not have is its first.</param>
    /// <param name="values">By the names of the fields. A field that is left out is empty.</param>
    /// <exception cref="ArgumentException">A value that the kind does not declare, or of another type: a mistake of the module.</exception>
    /// <exception cref="InvalidOperationException">No running module declared the kind.</exception>
    Task<WrittenLetter> WriteAsync(LetterKind kind, string? language, IReadOnlyDictionary<string, object?> values, CancellationToken ct = default);
}

/// <param name="Language">The one it is written in, for the <c>lang</c> of its element.</param>
/// <param name="Html">What goes on the page: the letter, or the sentence that says why there is none. Values are encoded.</param>
/// <param name="Fault">That sentence; null when the letter is there. A letter is whole or not there at all.</param>
public sealed record WrittenLetter(string Language, IHtmlContent Html, string? Fault);
