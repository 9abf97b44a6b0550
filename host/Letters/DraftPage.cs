using Modular.Sdk;

namespace Modular.Host.Letters;

/// <summary>A text as it was typed, written about a real record or the examples of its fields. Nothing is kept.</summary>
public abstract class DraftPage(LetterBook book, LetterRecords records, Letters letters, IPractice practice) : LetterPage(book, practice)
{
    /// <param name="Letter">Null when the text has problems.</param>
    public sealed record Model(
        LetterKind Kind, string Language, WrittenLetter? Letter, IReadOnlyList<LetterProblem> Problems, IReadOnlyList<LetterProblem> Removed);

    /// <summary>Null when there is no such letter or record. A text with problems answers 422.</summary>
    protected async Task<Model?> WriteAsync(string kind, string language, LetterForm form, CancellationToken ct)
    {
        if (Find(kind, language) is not { } letter)
        {
            return null;
        }

        var check = LetterTexts.Check(letter.Kind, form.Text ?? "");
        if (check.Problems.Count > 0)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return new(letter.Kind, language, null, check.Problems, check.Removed);
        }

        var record = form.Record is not { } id ? LetterRecords.Example(letter.Kind) : await records.OpenAsync(letter, id, ct);
        if (record is null)
        {
            return null;
        }

        var written = await letters.WriteAsync(letter.Kind, record with { Language = language }, check.Text, ct);
        return new(letter.Kind, language, written, [], check.Removed);
    }
}
