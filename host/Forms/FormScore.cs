using System.Globalization;

namespace Modular.Host.Forms;

/// <summary>Points of one section.</summary>
/// <param name="Most">That can be reached with what was asked.</param>
/// <param name="Sentence">Of the band that the points fall into; null in none.</param>
public sealed record SectionScore(string Title, decimal Points, decimal Most, string? Sentence);

/// <summary>Points of what was answered, by section.</summary>
public static class FormScore
{
    /// <summary>Of the sections whose questions give points.</summary>
    public static IReadOnlyList<SectionScore> Of(FormBody body, IReadOnlyDictionary<string, string[][]> answers) =>
    [
        .. from section in body.Sections
           let scored = section.Questions.Where(q => q.Scores && FormReader.IsAsked(q, answers)).ToList()
           where scored.Count > 0
           let points = scored.Sum(q => Points(q, answers))
           select new SectionScore(section.Title.En, points, scored.Sum(Most),
               section.Bands.Find(b => b.From <= points && points <= b.To)?.Sentence),
    ];

    private static decimal Points(FormQuestion q, IReadOnlyDictionary<string, string[][]> answers)
    {
        if (answers.GetValueOrDefault(q.Key) is not [var chosen, ..])
        {
            return 0;
        }

        return q.Kind switch
        {
            QuestionKind.Choice or QuestionKind.Many => q.Options.Where(o => chosen.Contains(o.Key)).Sum(o => o.Points ?? 0),
            QuestionKind.YesNo => chosen is ["yes"] ? q.Points ?? 0 : 0,
            QuestionKind.Scale => decimal.Parse(chosen[0], CultureInfo.InvariantCulture) * (q.Points ?? 0),
            _ => 0,
        };
    }

    private static decimal Most(FormQuestion q) => q.Kind switch
    {
        QuestionKind.Choice => q.Options.Max(o => o.Points ?? 0),
        QuestionKind.Many => q.Options.Where(o => o.Points > 0).Sum(o => o.Points ?? 0),
        QuestionKind.YesNo => Math.Max(0, q.Points ?? 0),
        QuestionKind.Scale => Math.Max((q.Least ?? 0) * (q.Points ?? 0), (q.Most ?? 10) * (q.Points ?? 0)),
        _ => 0,
    };
}
