using System.Linq.Expressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Billing.Claims;
using Modular.Sdk;

namespace Modular.Billing.Answers;

/// <summary>What one file says, word by word: of claims that whoever looks may see, and of what is none of ours.</summary>
public sealed class ShowAnswers(BillingDb db) : Slice
{
    public sealed class Line
    {
        public required ClaimAnswer Answer { get; init; }
        public Claim? Claim { get; init; }
    }

    public sealed record Model(AnswerList.Line File, ListPage<Line> Answers);

    internal static readonly ListDefinition<Line> List = new("billing.answer-lines", "Answers of a file")
    {
        Id = l => l.Answer.Id,
        Order = "line",
        Patients = l => l.Claim is { } claim ? [claim.PatientId] : [],
        Search = new("Claim or words", l => l.Answer.ClaimNumber, l => l.Answer.Words),
        Filters =
        [
            new("show", "Which answers", new Dictionary<string, string> { ["all"] = "All", ["unmatched"] = "Unmatched", ["refused"] = "Rejected" },
                (v, _) => Shown(v)),
        ],
        Columns =
        [
            new("line", "No.", l => l.Answer.Line) { Sort = l => l.Answer.Line },
            new("kind", "File", l => l.Answer.Kind.Title()) { Sort = l => l.Answer.Kind },
            new("claim", "Claim", l => l.Claim == null ? l.Answer.ClaimNumber ?? "Several" : l.Claim.Number)
            {
                Main = true, Drawer = true,
                Href = l => l.Claim == null ? $"/billing/answers/settle/{l.Answer.Id}" : null,
                Marks = l => l.Claim != null ? [] : l.Answer.SettledAt == null ? [new("Unmatched", "warn")] : [new("None of ours", "")],
            },
            new("patient", "Patient", l => l.Claim == null ? null : l.Claim.PatientName),
            new("verdict", "Means", l => l.Answer.Verdict.Title()) { Sort = l => l.Answer.Verdict },
            new("words", "In words", l => l.Answer.Words),
            new("mend", "Mend it in", l => l.Answer.Page == null ? null : l.Answer.Page.Value.Title())
            {
                Href = l => l.Claim == null || l.Answer.Page == null ? null : l.Answer.Page.Value.Url(l.Claim),
            },
            new("codes", "Codes", l => l.Answer.Codes) { Optional = 1 },
            new("speaker", "Who answers", l => l.Answer.Speaker) { Optional = 2 },
            new("moved", "Moved the claim", l => l.Answer.Moved ? "Yes" : "No") { Optional = 1 },
            new("proof", "Proves filing", l => l.Answer.ProvesFiling ? "Yes" : "") { Optional = 2 },
        ],
    };

    private static Expression<Func<Line, bool>>? Shown(string show) => show switch
    {
        "unmatched" => l => l.Answer.ClaimId == null && l.Answer.SettledAt == null,
        "refused" => l => l.Answer.Verdict == AnswerVerdict.Rejected,
        _ => null,
    };

    [HttpGet("/billing/answers/{id:guid}")]
    [Needs(BillingPermissions.Claims)]
    [Export(BillingPermissions.Export)]
    public async Task<IActionResult> Get(Guid id, ListQuery query, CancellationToken ct)
    {
        var file = await db.AnswerFiles.AsNoTracking().Where(f => f.Id == id).Select(f => new AnswerList.Line
        {
            Id = f.Id, Name = f.Name, CameAt = f.CameAt, CameBy = f.CameBy, State = f.State, Said = f.Said, Answers = 0, Unmatched = 0,
        }).FirstOrDefaultAsync(ct);
        if (file is null)
        {
            return NotFound();
        }

        // Claims of other places and of shut charts are in no query: nor is what was said of them.
        var asFile = AsFile;
        var answers = db.ClaimAnswers.AsNoTracking().Where(a => a.FileId == id && (a.ClaimId == null || db.Claims.Any(c => c.Id == a.ClaimId
                && (!asFile || !db.Patients.Any(p => p.Id == c.PatientId && p.Restricted)))))
            .Select(a => new Line { Answer = a, Claim = db.Claims.FirstOrDefault(c => c.Id == a.ClaimId) });
        return await ListAsync(List, answers, query, page => Task.FromResult<object>(new Model(file, page)), ct);
    }
}
