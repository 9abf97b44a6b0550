namespace Modular.Sdk;

/// <summary>Writes a letter about each of many rows, as work in the background with one PDF at its end.</summary>
public interface IMailMerge
{
    /// <summary>More rows than this are refused.</summary>
    const int MostLetters = 10_000;

    /// <summary>
    /// Begins the work. Only rows that whoever asks may see get a letter; each patient is in their access log. The PDF is for this person alone and
    /// is deleted after a week.
    /// </summary>
    /// <param name="kind">One with a source, see <see cref="ModuleBuilder.Letter{TSource}"/>.</param>
    /// <param name="rows">In the order in which the letters shall lie.</param>
    /// <returns>The page of its progress and result, to lead on to.</returns>
    /// <exception cref="MailMergeRefusedException">
    /// No row, too many, or a text that is wrong: the message is a sentence for the person.
    /// </exception>
    /// <exception cref="InvalidOperationException">No running module declared the kind with a source.</exception>
    /// <example><code>return LocalRedirect(await merge.BeginAsync(NoShowLetter.Kind, id, ct));</code></example>
    Task<string> BeginAsync(LetterKind kind, IReadOnlyList<Guid> rows, CancellationToken ct = default);
}

/// <param name="sentence">For the person who asked.</param>
public sealed class MailMergeRefusedException(string sentence) : Exception(sentence);
