using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.PatientAccess;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Forms;

/// <summary>Everything that was answered to one version of a form, as a table file: a line for each form, a column for each question.</summary>
[Needs(FormKinds.Export)]
public sealed class AnswerExport(FormsDb db, FormDesk desk, FormKinds kinds, RestrictedCharts charts, ScopeContext scope, IAccessLog log) : Slice
{
    [HttpGet("/forms/answer-export/{id:guid}")]
    [StepUp]
    public async Task<IActionResult> Get(Guid id, int number, CancellationToken ct)
    {
        if (await db.Forms.AsNoTracking().FirstOrDefaultAsync(f => f.Id == id, ct) is not { } form || kinds.Find(form.Kind) is not { } kind
            || !Actor.Can(kind.Review) || await desk.PublishedAsync(id, number, ct) is not { } version)
        {
            return NotFound();
        }

        // A file cannot ask for a reason, and is read by others than whoever took it.
        Guid[] restricted = [.. charts.Of(scope.Practice).Keys];
        var rows = await db.Answers.AsNoTracking().Where(a => a.FormId == id && a.Number == number
            && (a.PatientId == null || !restricted.Contains(a.PatientId.Value))).OrderBy(a => a.AnsweredAt).ThenBy(a => a.Id).ToListAsync(ct);
        log.Listed([.. rows.Select(a => a.PatientId).OfType<Guid>().Distinct()], $"answers to {form.Name}, as a file");
        return Csv.File($"form-answers-version-{number}", rows, [.. Columns(version.Asks())]);
    }

    private static IEnumerable<(string Heading, Func<FormAnswer, object?> Value)> Columns(FormBody body)
    {
        yield return ("Id", a => $"{a.Id}");
        yield return ("About", a => a.About);
        yield return ("Answered", a => a.AnsweredAt);
        yield return ("By", a => a.AnsweredBy);
        yield return ("How", a => a.Way);
        yield return ("Language", a => a.Language);
        yield return ("State", a => a.State.Title());
        foreach (var question in body.Questions.Where(q => q.Kind != QuestionKind.Signature))
        {
            yield return (question.Label.En, a => FormWords.Line(question, a.Given, "en"));
        }

        // By their place: two sections may have one heading.
        var scored = body.Sections.FindAll(s => s.Questions.Exists(q => q.Scores));
        foreach (var section in scored)
        {
            yield return ($"{section.Title.En}, points",
                a => FormScore.Of(new() { Sections = [section] }, a.Given) is [var score] ? score.Points : null);
        }
    }
}
