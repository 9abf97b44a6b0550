namespace Modular.Host.Forms;

/// <summary>All that people read in a form who fill it in, one by one, to be translated.</summary>
public static class FormTexts
{
    /// <param name="Key">Names the text in the form: <c>q1-label</c>.</param>
    /// <param name="Where">Where it stands, for whoever translates it.</param>
    public sealed record Text(string Key, string Where, Words Words);

    /// <summary>In the order of the form.</summary>
    public static IEnumerable<Text> Of(FormBody body) => from section in body.Sections
                                                         from text in Of(section).Concat(section.Questions.SelectMany(Of))
                                                         select text;

    public static IReadOnlyList<Text> Missing(FormBody body) => [.. Of(body).Where(t => string.IsNullOrEmpty(t.Words.Es))];

    private static IEnumerable<Text> Of(FormSection section)
    {
        yield return new($"{section.Key}-title", "Section", section.Title);
        if (section.Help is { } help)
        {
            yield return new($"{section.Key}-help", "Help of the section", help);
        }
    }

    private static IEnumerable<Text> Of(FormQuestion q)
    {
        yield return new($"{q.Key}-label", "Question", q.Label);
        foreach (var (name, where, words) in new[] { ("help", "Help", q.Help), ("unit", "Unit", q.Unit), ("low", "Low end", q.Low), ("high", "High end", q.High) })
        {
            if (words is not null)
            {
                yield return new($"{q.Key}-{name}", where, words);
            }
        }

        foreach (var option in q.Options)
        {
            yield return new($"{q.Key}-o-{option.Key}", q.Kind == QuestionKind.Table ? "Column" : "Choice", option.Label);
        }
    }
}
