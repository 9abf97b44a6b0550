using Modular.Sdk;

namespace Modular.Host.Forms;

/// <summary>An answer beside the field of the record that it is mapped to.</summary>
/// <param name="Kept">In words; null when the field is empty.</param>
/// <param name="Answered">As the record's module takes it.</param>
/// <param name="InWords">As people read it.</param>
/// <param name="Same">Nothing would change.</param>
public sealed record FieldChange(FormField Field, string? Kept, string Answered, string InWords, bool Same)
{
    /// <summary>Of every mapped question that was answered: what was left empty changes nothing.</summary>
    public static IReadOnlyList<FieldChange> Of(
        FormBody body, FormKind kind, IReadOnlyDictionary<string, string[][]> given, IReadOnlyDictionary<string, string?> record) =>
    [
        .. from question in body.Questions
           where question.Field is not null && given.ContainsKey(question.Key)
           let field = kind.Fields.FirstOrDefault(f => f.Name == question.Field)
           where field is not null
           select Of(question, field, given, record.GetValueOrDefault(field.Name)),
    ];

    private static FieldChange Of(FormQuestion question, FormField field, IReadOnlyDictionary<string, string[][]> given, string? kept)
    {
        var words = FormWords.Of(question, given, "en")[0][0];
        // A choice is told as it is stored, a date as people type it.
        var answered = field.Choices is null ? words : given[question.Key][0][0];
        return new(field, Words(field, kept), answered, Words(field, field.Choices is null ? field.Read?.Invoke(answered) ?? answered : answered) ?? answered,
            string.Equals(Plain(field, kept), Plain(field, answered), StringComparison.OrdinalIgnoreCase));
    }

    private static string? Words(FormField field, string? value) => string.IsNullOrEmpty(value) ? null
        : field.Choices?.GetValueOrDefault(value) ?? (field.Show?.Invoke(value) ?? value);

    private static string Plain(FormField field, string? value) => Reading.Clean(value is null ? null : field.Read?.Invoke(value) ?? value) ?? "";
}
