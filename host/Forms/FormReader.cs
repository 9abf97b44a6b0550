using System.Globalization;
using Modular.Sdk;

namespace Modular.Host.Forms;

/// <summary>What was read of a form that was filled in.</summary>
/// <param name="Answers">
/// By the keys of questions, as kept: lines of cells. All but tables have one line; all but tables and what may have several answers have one
/// cell in it. What was not asked is left out, so is what was left empty.
/// </param>
/// <param name="Asked">Keys of the questions that are asked with these answers.</param>
public sealed record FormReading(
    IReadOnlyDictionary<string, string[][]> Answers, IReadOnlyList<string> Asked, IReadOnlyList<FieldError> Errors);

/// <summary>The one judge of answers: what is asked, what is missing, what cannot be taken. It knows no database.</summary>
public sealed class FormReader
{
    public const int LongestText = 300, LongestLongText = 4000, LongestCell = 120;

    private readonly FormBody body;
    private readonly Func<string, IReadOnlyList<string>> typed;
    private readonly DateOnly today;
    private readonly PatientTexts texts;
    private readonly Dictionary<string, string[][]> answers = [];
    private readonly List<FieldError> errors = [];

    private FormReader(FormBody body, Func<string, IReadOnlyList<string>> typed, DateOnly today, string language) =>
        (this.body, this.typed, this.today, texts) = (body, typed, today, Texts(language));

    /// <param name="typed">What was typed under a name; nothing for a name that was not sent.</param>
    /// <param name="today">Where it is filled in: dates are typed around it.</param>
    public static FormReading Read(FormBody body, Func<string, IReadOnlyList<string>> typed, DateOnly today, string language) =>
        new FormReader(body, typed, today, language).Read();

    /// <summary>Keys of what is asked when these are the answers: a question is not asked when the one it depends on is not.</summary>
    public static bool IsAsked(FormQuestion question, IReadOnlyDictionary<string, string[][]> answers) => question.When is not { } when
        || (answers.GetValueOrDefault(when.Question) is { } on && on.SelectMany(line => line).Any(when.Is.Contains));

    public static PatientTexts Texts(string language) => PatientTexts.Of(typeof(FormReader).Assembly, language);

    private FormReading Read()
    {
        var asked = new List<string>();
        foreach (var question in body.Questions.Where(q => IsAsked(q, answers)))
        {
            asked.Add(question.Key);
            if (question.Kind == QuestionKind.Signature)
            {
                continue; // kept and judged by the host's signatures
            }

            string[][] read = question.Kind == QuestionKind.Table ? Table(question) : Cells(question) is { Length: > 0 } cells ? [cells] : [];
            if (read.Length > 0)
            {
                answers[question.Key] = read;
            }
            else if (question.Required && errors.TrueForAll(e => e.Field != question.Name))
            {
                Refuse(question.Name, question.IsChosen ? texts["FormChoose"] : texts["FormNeeded"]);
            }
        }

        return new(answers, asked, errors);
    }

    private string[] Cells(FormQuestion q)
    {
        var all = typed(q.Name);
        var text = Clean(all.Count == 0 ? null : all[0], q.Kind == QuestionKind.LongText);
        return q.Kind switch
        {
            QuestionKind.Many => Chosen(q, all.Where(v => v.Length > 0).Distinct()),
            _ when text is null => [],
            QuestionKind.Choice or QuestionKind.YesNo or QuestionKind.Scale => Chosen(q, [text]),
            QuestionKind.Number => Number(q, text),
            QuestionKind.Date => Date(q, text),
            _ => Fits(q.Name, text, q.Kind == QuestionKind.LongText ? LongestLongText : LongestText),
        };
    }

    private string[] Chosen(FormQuestion q, IEnumerable<string> values)
    {
        var offered = FormRules.Choices(q, "en").Select(c => c.Key).ToHashSet();
        string[] chosen = [.. values];
        if (chosen.All(offered.Contains))
        {
            return chosen;
        }

        Refuse(q.Name, texts["FormChoose"]);
        return [];
    }

    private string[] Number(FormQuestion q, string text)
    {
        // 98,6 is typed as often as 98.6 by who reads Spanish; a comma that parts thousands is no decimal one.
        var point = texts.Language == "es" && text.Count(c => c == ',') == 1 && text.Split(',')[1].Length < 3 ? text.Replace(',', '.') : text;
        const NumberStyles style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowThousands;
        if (!decimal.TryParse(point, style, CultureInfo.InvariantCulture, out var number) || Math.Abs(number) >= 1_000_000_000_000)
        {
            Refuse(q.Name, texts["FormNumber"]);
            return [];
        }

        if (number < q.Least || number > q.Most)
        {
            errors.Add(new(q.Name, (q.Least, q.Most) switch
            {
                ({ } least, { } most) => texts.Say("FormBetween", Plain(least), Plain(most)),
                ({ } least, null) => texts.Say("FormLeast", Plain(least)),
                _ => texts.Say("FormMost", Plain(q.Most!.Value)),
            }));
            return [];
        }

        return [Plain(number)];
    }

    private static string Plain(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);

    private string[] Date(FormQuestion q, string text)
    {
        if (TypedDate.Read(text, today).Date is { } day)
        {
            return [day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)];
        }

        Refuse(q.Name, texts["FormDate"]);
        return [];
    }

    /// <summary>Lines of which something was typed, each with a cell for every column.</summary>
    private string[][] Table(FormQuestion q)
    {
        var lines = new List<string[]>();
        for (var line = 0; line < q.Lines; line++)
        {
            string[] cells = [.. q.Options.Select((_, column) => Clean(typed(CellName(q, line, column)) is [var cell, ..] ? cell : null, false) ?? "")];
            if (Array.Exists(cells, c => c.Length > LongestCell))
            {
                errors.Add(new(q.Name, texts.Say("FormLong", LongestCell)));
                return [];
            }

            if (Array.Exists(cells, c => c.Length > 0))
            {
                lines.Add(cells);
            }
        }

        return [.. lines];
    }

    public static string CellName(FormQuestion question, int line, int column) => $"{question.Name}-{line}-{column}";

    private string[] Fits(string name, string text, int longest)
    {
        if (text.Length <= longest)
        {
            return [text];
        }

        errors.Add(new(name, texts.Say("FormLong", longest)));
        return [];
    }

    private void Refuse(string name, string sentence) => errors.Add(new(name, sentence));

    /// <summary>White space at the ends goes; in one line of text also between words. What no database keeps goes too.</summary>
    private static string? Clean(string? text, bool lines)
    {
        text = text?.Replace("\0", "", StringComparison.Ordinal);
        return lines ? text?.ReplaceLineEndings("\n").Trim() is { Length: > 0 } many ? many : null : Reading.Clean(text);
    }
}
