using Modular.Sdk;

namespace Modular.Host.Forms;

/// <summary>What a form must be to be published; each fault is a sentence for whoever builds it.</summary>
public static class FormRules
{
    public const int MostQuestions = 200, MostSections = 30, MostOptions = 60, MostColumns = 8, MostLines = 20;

    public static IReadOnlyList<string> Faults(FormBody body, FormKind kind)
    {
        var faults = new List<string>();
        if (!body.Questions.Any())
        {
            faults.Add("It asks nothing yet. Add a question.");
        }

        faults.AddRange(body.Sections.Where(s => s.Questions.Count == 0).Select(s => $"The section {s.Title.En} has no question. Add one, or remove the section."));
        faults.AddRange(body.Sections.SelectMany(s => BandFaults(s)));
        faults.AddRange(body.Questions.SelectMany(q => Faults(body, q, kind)));
        if (body.Questions.Count(q => q.Kind == QuestionKind.Signature) > 1)
        {
            faults.Add("It asks for more than one signature. A form is signed once.");
        }

        faults.AddRange(body.Questions.Where(q => q.Field is not null).GroupBy(q => q.Field).Where(g => g.Count() > 1)
            .Select(g => $"{string.Join(" and ", g.Select(q => Quoted(q)))} both change {Title(kind, g.Key!)}. One question changes one field."));
        return faults;
    }

    private static IEnumerable<string> Faults(FormBody body, FormQuestion q, FormKind kind)
    {
        if (q.Kind is QuestionKind.Choice or QuestionKind.Many && q.Options.Count < 2)
        {
            yield return $"{Quoted(q)} has fewer than two choices.";
        }

        if (q.Kind == QuestionKind.Table && (q.Options.Count == 0 || q.Lines == 0))
        {
            yield return $"{Quoted(q)} is a table without columns or lines.";
        }

        if (q.When is { } when)
        {
            var on = body.Before(body.SectionOf(q).Key, q.Key).FirstOrDefault(b => b.Key == when.Question);
            if (on is null)
            {
                yield return $"{Quoted(q)} depends on a question that does not stand before it.";
            }
            else if (when.Is.Count == 0 || when.Is.Exists(v => Choices(on, "en").All(c => c.Key != v)))
            {
                yield return $"{Quoted(q)} depends on an answer that {Quoted(on)} does not offer.";
            }
        }

        if (q.Field is { } name)
        {
            var field = kind.Fields.FirstOrDefault(f => f.Name == name);
            if (field is null)
            {
                yield return $"{Quoted(q)} changes a field that {kind.Title.ToLowerInvariant()} does not have.";
            }
            else if (field.Choices is not null ? q.Kind != QuestionKind.Choice || q.Options.Exists(o => !field.Choices.ContainsKey(o.Key))
                : q.Kind is not (QuestionKind.Text or QuestionKind.LongText or QuestionKind.Date or QuestionKind.Number))
            {
                yield return $"{Quoted(q)} is not answered as {field.Title} is kept. "
                    + (field.Choices is null ? "Make it a text, a number or a date." : "Make it a choice of one of several.");
            }
        }
    }

    private static IEnumerable<string> BandFaults(FormSection section)
    {
        if (section.Bands.Count > 0 && !section.Questions.Exists(q => q.Scores))
        {
            yield return $"The section {section.Title.En} says what its points mean, and none of its questions gives points.";
        }

        var bands = section.Bands.OrderBy(b => b.From).ToList();
        foreach (var (one, next) in bands.Zip(bands.Skip(1)).Where(pair => pair.First.To >= pair.Second.From))
        {
            yield return $"In the section {section.Title.En}, {one.From:0.##} to {one.To:0.##} points and {next.From:0.##} to {next.To:0.##} points overlap.";
        }
    }

    /// <summary>What may be chosen, as kept and in words.</summary>
    public static IEnumerable<(string Key, string Words)> Choices(FormQuestion q, string language) => q.Kind switch
    {
        QuestionKind.Choice or QuestionKind.Many => q.Options.Select(o => (o.Key, o.Label.In(language))),
        QuestionKind.YesNo => YesOrNo(FormReader.Texts(language)),
        QuestionKind.Scale => Steps(q).Select(n => (n, n)),
        _ => [],
    };

    private static (string Key, string Words)[] YesOrNo(PatientTexts texts) => [("yes", texts["FormYes"]), ("no", texts["FormNo"])];

    private static IEnumerable<string> Steps(FormQuestion q)
    {
        var (least, most) = ((int)(q.Least ?? 0), (int)(q.Most ?? 10));
        return Enumerable.Range(least, Math.Clamp(most - least + 1, 1, 11)).Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static string Title(FormKind kind, string field) => kind.Fields.FirstOrDefault(f => f.Name == field)?.Title ?? field;

    private static string Quoted(FormQuestion q) => $"“{q.Label.En}”";
}
