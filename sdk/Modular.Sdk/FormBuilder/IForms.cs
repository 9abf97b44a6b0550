namespace Modular.Sdk;

/// <summary>Forms of the practice for the module that declares their kind. People build them at <c>/forms</c>.</summary>
public interface IForms
{
    /// <summary>
    /// Publishes a form with a question for each field of the kind, in both languages, where the practice has no form of this kind yet; the
    /// practice words it as it likes then.
    /// </summary>
    /// <param name="kind">Declared with <see cref="ModuleBuilder.Form{TRecord}"/>.</param>
    /// <returns>Its id, or that of the form there is.</returns>
    Task<Guid> BeginAsync(FormKind kind, string name, CancellationToken ct = default);

    /// <summary>Takes down a form that was filled in elsewhere: on paper, by telephone. It waits for review like any other.</summary>
    /// <param name="form">A published form.</param>
    /// <param name="record">What it is about; null for a kind about nothing.</param>
    /// <param name="by">Who answered, 1 to 120 letters.</param>
    /// <param name="answers">By the fields that questions are mapped to, or the keys of questions; each as it would be typed or chosen.</param>
    /// <exception cref="ArgumentException">
    /// The form is not there, not in use or not of the module; the record is not there; or the answers break the form's rules: it says which.
    /// </exception>
    Task<Guid> TakeDownAsync(Guid form, Guid? record, string by, IReadOnlyDictionary<string, string> answers, CancellationToken ct = default);

    /// <summary>What was answered to forms of a kind, the newest first; at most 1,000.</summary>
    /// <param name="record">What they are about; null for all that whoever asks may see.</param>
    Task<IReadOnlyList<AnsweredForm>> AnsweredAsync(FormKind kind, Guid? record = null, CancellationToken ct = default);
}

/// <summary>A form as it was answered.</summary>
/// <param name="Record">What it is about; null for nothing.</param>
/// <param name="Version">Of the form, as it was answered.</param>
/// <param name="Answers">By the keys of the questions, in English words.</param>
/// <param name="Scores">Points by the titles of the sections that give any.</param>
/// <param name="Reviewed">Somebody looked at it and did not set it aside.</param>
public sealed record AnsweredForm(
    Guid Id, Guid Form, int Version, Guid? Record, DateTimeOffset At, string By, IReadOnlyDictionary<string, string> Answers,
    IReadOnlyDictionary<string, decimal> Scores, bool Reviewed);

/// <summary>Where the pages of forms are.</summary>
public static class FormPages
{
    /// <summary>The forms about a record: to fill in, to hand over, to make a link to, and what was answered.</summary>
    /// <example><code>&lt;a class="btn" href="@FormPages.Of(Room.Kind, Model.Id)"&gt;Forms&lt;/a&gt;</code></example>
    public static string Of(RecordKind kind, Guid record) => $"/forms/record/{kind.Id}/{record}";
}
