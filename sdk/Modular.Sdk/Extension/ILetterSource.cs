namespace Modular.Sdk;

/// <summary>
/// Finds what letters of a kind are about, declared with <see cref="ModuleBuilder.Letter{TSource}"/>: for the page that writes one, for the
/// preview of a changed text, and for many letters at once. Made anew for each request; it reads through the module's context, so that people
/// get letters about what they may see.
/// </summary>
public interface ILetterSource
{
    /// <param name="ids">Of the module's rows, at most 1,000.</param>
    /// <returns>
    /// One for each row that is there and that such a letter may be written about, in any order; the others are left out.
    /// </returns>
    Task<IReadOnlyList<LetterRecord>> FindAsync(IReadOnlyList<Guid> ids, CancellationToken ct);

    /// <summary>A few records to look at a text with, the latest first: at most 20.</summary>
    Task<IReadOnlyList<Guid>> LatestAsync(CancellationToken ct);
}
