using Microsoft.AspNetCore.Html;

namespace Modular.Sdk;

/// <summary>
/// A letter, note or card whose words a practice may change: declared with <see cref="ModuleBuilder.Letter"/>, written by
/// <see cref="ILetters"/>. Its standard text stands in the module's folder, a file a language: the kind <c>referrals.letter</c> in
/// <c>Letters/letter.en.liquid</c> and <c>Letters/letter.es.liquid</c>.
/// </summary>
/// <param name="Id"><c>module.noun</c>, lower-case letters, digits and hyphens; never renamed.</param>
/// <param name="Name">What people in the office call it: "Referral letter".</param>
/// <param name="Fields">The words that a text may put in; there are no others.</param>
/// <example><code>
/// public static readonly LetterKind Kind = new("referrals.slip", "Referral slip",
/// [
///     LetterField.Text("patient.name", "Patient's name", "Ana Rivera"),
///     LetterField.Date("due", "To be seen by", new(2026, 11, 23), mayBeEmpty: true),
/// ]);
/// </code></example>
public sealed record LetterKind(string Id, string Name, IReadOnlyList<LetterField> Fields)
{
    /// <summary>ISO 639-1, out of <see cref="PatientTexts.Languages"/>; the first is the one for everybody else.</summary>
    public IReadOnlyList<string> Languages { get; init; } = PatientTexts.Languages;

    /// <summary>
    /// <c>letter</c>, which stands between the practice's letterhead and foot; <c>card</c> (5.5 × 4.25 in), which has room for neither. As the
    /// print page says it in <c>ViewData["Paper"]</c>.
    /// </summary>
    public string Paper { get; init; } = "letter";
}

public enum LetterFieldType
{
    /// <summary>Given as a string. Blank counts as empty; line breaks show where the text has the class <c>wording</c>.</summary>
    Text,

    /// <summary>An amount or a count, given as int, long or decimal.</summary>
    Number,

    /// <summary>Given as <see cref="DateOnly"/>.</summary>
    Date,

    /// <summary>The time on the wall of the place, given as <see cref="TimeOnly"/>.</summary>
    Time,

    /// <summary>Given as bool, for <c>{% if %}</c>.</summary>
    YesNo,

    /// <summary>Rows for <c>{% for %}</c>, given as a sequence of dictionaries, at most 1,000.</summary>
    List,
}

/// <summary>A word that a letter's text may put in.</summary>
/// <param name="Name">As the text says it: <c>fax</c>, or <c>patient.name</c>; lower-case letters, digits and underscores.</param>
/// <param name="Label">What people in the office call it: "Patient's name".</param>
/// <param name="Example">What a preview shows, of the type that the values have. Null for a list: its rows are made of its fields' examples.</param>
/// <param name="MayBeEmpty">Otherwise a letter without it is not written: it says what is missing.</param>
public sealed record LetterField(string Name, string Label, LetterFieldType Type, object? Example, bool MayBeEmpty = false)
{
    /// <summary>Of a list: the fields of a row.</summary>
    public IReadOnlyList<LetterField> Fields { get; init; } = [];

    public static LetterField Text(string name, string label, string example, bool mayBeEmpty = false) =>
        new(name, label, LetterFieldType.Text, example, mayBeEmpty);

    public static LetterField Number(string name, string label, decimal example, bool mayBeEmpty = false) =>
        new(name, label, LetterFieldType.Number, example, mayBeEmpty);

    public static LetterField Date(string name, string label, DateOnly example, bool mayBeEmpty = false) =>
        new(name, label, LetterFieldType.Date, example, mayBeEmpty);

    public static LetterField Time(string name, string label, TimeOnly example, bool mayBeEmpty = false) =>
        new(name, label, LetterFieldType.Time, example, mayBeEmpty);

    public static LetterField YesNo(string name, string label, bool example) => new(name, label, LetterFieldType.YesNo, example);

    /// <summary>Rows, possibly none. A row's fields are plain: no lists, no dots in their names.</summary>
    public static LetterField List(string name, string label, params IReadOnlyList<LetterField> row) =>
        new(name, label, LetterFieldType.List, null, MayBeEmpty: true) { Fields = row };
}
