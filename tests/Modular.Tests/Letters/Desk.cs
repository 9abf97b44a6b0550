using Modular.Host.Letters;
using Modular.Sdk;

namespace Modular.Tests.Letters;

/// <summary>Writes letters of one small kind as the product does, without its database.</summary>
public static class Desk
{
    public static readonly LetterKind Kind = new("tests.note", "Note",
    [
        LetterField.Text("patient.name", "Patient's name", "Ana Rivera"),
        LetterField.Text("patient.sex", "Patient's sex", "F", mayBeEmpty: true),
        LetterField.Text("fax", "Fax", "5550104455", mayBeEmpty: true),
        LetterField.Number("fee", "Fee", 1240.5m, mayBeEmpty: true),
        LetterField.Date("day", "Day", new(2026, 11, 5), mayBeEmpty: true),
        LetterField.Time("at", "Time", new(14, 30), mayBeEmpty: true),
        LetterField.YesNo("urgent", "It is urgent", true),
        LetterField.List("visits", "Visits", LetterField.Text("what", "What it is for", "Check-up"), LetterField.Date("day", "Day", new(2026, 12, 1), mayBeEmpty: true)),
    ]);

    public static Dictionary<string, object?> Examples(LetterKind kind) => LetterRecords.Example(kind).Values;

    /// <summary>The letter, or "!" and the sentence that says why there is none.</summary>
    public static string Write(string text, Dictionary<string, object?>? values = null, string language = "en", LetterLimits? limits = null)
    {
        var plain = LetterValues.Of(Kind, values ?? Examples(Kind), out var empty);
        var (html, problem) = LetterWriter.Write(LetterTemplate.Read(Kind, text), plain, language, limits ?? new(), TimeProvider.System, default);
        return empty is not null ? "! " + empty : html ?? "! " + problem;
    }

    /// <summary>With one value changed.</summary>
    public static string Write(string text, string field, object? value, string language = "en") =>
        Write(text, new(Examples(Kind)) { [field] = value }, language);
}
