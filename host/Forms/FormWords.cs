using System.Globalization;
using System.Text;
using Modular.Sdk;

namespace Modular.Host.Forms;

/// <summary>Answers as people read them.</summary>
public static class FormWords
{
    /// <summary>Lines of cells in words; empty for what was not answered.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Of(FormQuestion question, IReadOnlyDictionary<string, string[][]> answers, string language) =>
        [.. (answers.GetValueOrDefault(question.Key) ?? []).Select(line => line.Select(cell => Cell(question, cell, language)).ToArray())];

    /// <summary>The same on one line: <c>98.6 °F</c>.</summary>
    public static string Line(FormQuestion question, IReadOnlyDictionary<string, string[][]> answers, string language)
    {
        var text = string.Join("; ", Of(question, answers, language).Select(cells => string.Join(", ", cells.Where(c => c.Length > 0))));
        return text.Length > 0 && question.Kind == QuestionKind.Number && question.Unit is { } unit ? $"{text} {unit.In(language)}" : text;
    }

    /// <summary>Everything that was asked with what was answered: the text that a signature at its end stands under.</summary>
    public static string Signed(FormBody body, FormReading read, string language)
    {
        var text = new StringBuilder();
        foreach (var section in body.Sections.Where(s => s.Questions.Exists(q => read.Asked.Contains(q.Key))))
        {
            text.Append(section.Title.In(language)).Append('\n');
            foreach (var question in section.Questions.Where(q => q.Kind != QuestionKind.Signature && read.Asked.Contains(q.Key)))
            {
                var answer = Line(question, read.Answers, language);
                text.Append(question.Label.In(language)).Append(": ").Append(answer.Length == 0 ? "–" : answer).Append('\n');
            }

            foreach (var question in section.Questions.Where(q => q.Kind == QuestionKind.Signature))
            {
                text.Append(question.Label.In(language)).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Cell(FormQuestion q, string cell, string language) => q.Kind switch
    {
        QuestionKind.Date when DateOnly.TryParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => Said.ShortDay(day),
        QuestionKind.Choice or QuestionKind.Many or QuestionKind.YesNo => FormRules.Choices(q, language).FirstOrDefault(c => c.Key == cell).Words ?? cell,
        _ => cell,
    };
}
