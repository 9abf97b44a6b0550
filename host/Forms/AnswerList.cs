using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.PatientAccess;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Forms;

/// <summary>Forms that were filled in and wait for somebody to look at them; and all others.</summary>
[Needs(FormKinds.SeeAnswers)]
public sealed class AnswerList(FormsDb db, FormKinds kinds, RestrictedCharts charts, ScopeContext scope) : Slice
{
    internal static readonly ListDefinition<FormAnswer> List = new("core.form-answers", "Forms to review")
    {
        Id = a => a.Id, Order = "answered", Patients = a => a.PatientId is { } patient ? [patient] : [], Queue = FormAnswer.Queue.Lines(),
        Logged = "list of forms that were filled in",
        Search = new("Form, record or person")
        {
            When = text =>
            {
                var pattern = LikePattern.Containing(text);
                return a => EF.Functions.ILike(a.FormName, pattern, LikePattern.Escape) || EF.Functions.ILike(a.About, pattern, LikePattern.Escape)
                    || EF.Functions.ILike(a.AnsweredBy ?? "", pattern, LikePattern.Escape);
            },
        },
        Filters =
        [
            new("show", "Which forms", new Dictionary<string, string>
            {
                [""] = "To review", ["asked"] = "Asked, not answered", ["reviewed"] = "Reviewed", ["set-aside"] = "Set aside", ["all"] = "All",
            }, (v, _) => v == "all" ? null : In(v.Length == 0 ? FormState.Waiting : States.Read<FormState>(v))),
        ],
        Columns =
        [
            new("form", "Form", a => a.FormName) { Sort = a => a.FormName, Main = true, Href = a => a.Answers is null ? null : $"/forms/show-answer/{a.Id}" },
            new("about", "About", a => a.About) { Sort = a => a.About },
            new("answered", "Answered", a => a.AnsweredAt) { Sort = a => a.AnsweredAt, Class = "nowrap" },
            new("by", "By", a => a.AnsweredBy) { Optional = 1 },
            new("way", "How", a => a.Way switch { "staff" => "Here", "tablet" => "Screen handed over", _ => "Link" }) { Optional = 2 },
            new("asked", "Asked", a => a.AskedAt) { Sort = a => a.AskedAt, Optional = 2, Class = "nowrap" },
            new("asked-by", "Asked by", a => a.AskedBy) { FileOnly = true },
            new("state", "State", a => a.State.Title()) { Optional = 1 },
            new("reviewed", "Reviewed", a => a.ReviewedAt) { FileOnly = true },
            new("reviewed-by", "Reviewed by", a => a.ReviewedBy) { FileOnly = true },
            new("note", "Why set aside", a => a.Note) { FileOnly = true },
        ],
    };

    [HttpGet("/forms/answers")]
    [Export(FormKinds.Export)]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var reviewed = kinds.Reviewed;
        var rows = db.Answers.AsNoTracking().Where(a => reviewed.Contains(a.Kind));
        if (AsFile)
        {
            // A file cannot ask for a reason, and is read by others than whoever took it.
            Guid[] restricted = [.. charts.Of(scope.Practice).Keys];
            rows = rows.Where(a => a.PatientId == null || !restricted.Contains(a.PatientId.Value));
        }

        return ListAsync(List, rows, query, ct);
    }

    private static System.Linq.Expressions.Expression<Func<FormAnswer, bool>> In(FormState state) => a => a.State == state;
}
