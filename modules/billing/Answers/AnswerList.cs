using System.Linq.Expressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Answers;

/// <summary>Files that came from payers and clearing houses, the latest first; and those that wait for a person.</summary>
public sealed class AnswerList(BillingDb db) : Slice
{
    public sealed class Line
    {
        public required Guid Id { get; init; }
        public required string Name { get; init; }
        public required DateTimeOffset CameAt { get; init; }
        public required string CameBy { get; init; }
        public required AnswerFileState State { get; init; }
        public string? Said { get; init; }
        public required int Answers { get; init; }

        /// <summary>Of nothing that we sent, and nobody has looked.</summary>
        public required int Unmatched { get; init; }
    }

    internal static readonly ListDefinition<Line> List = new("billing.answers", "Answers of payers")
    {
        Id = l => l.Id,
        Order = "-came",
        Search = new("File or what was said", l => l.Name, l => l.Said),
        Filters =
        [
            new("show", "Which files", new Dictionary<string, string> { ["all"] = "All", ["unmatched"] = "With unmatched answers", ["unread"] = "Not readable" },
                (v, _) => Shown(v)),
        ],
        Columns =
        [
            new("came", "Came", l => l.CameAt) { Sort = l => l.CameAt, Class = "nowrap" },
            new("file", "File", l => l.Name) { Sort = l => l.Name, Main = true, Href = l => $"/billing/answers/{l.Id}" },
            new("state", "State", l => l.State.Title()) { Sort = l => l.State },
            new("answers", "Answers", l => l.Answers) { Right = true },
            new("unmatched", "Unmatched", l => l.Unmatched) { Right = true },
            new("said", "What could not be read", l => l.Said) { Class = "clip" },
            new("by", "Brought by", l => l.CameBy) { Optional = 1 },
        ],
    };

    private static Expression<Func<Line, bool>>? Shown(string show) => show switch
    {
        "unmatched" => l => l.Unmatched > 0,
        "unread" => l => l.State == AnswerFileState.Unreadable,
        _ => null,
    };

    [HttpGet("/billing/answers")]
    [Needs(BillingPermissions.Claims)]
    [Export(BillingPermissions.Export)]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct) => ListAsync(List, db.AnswerFiles.AsNoTracking().Select(f => new Line
    {
        Id = f.Id, Name = f.Name, CameAt = f.CameAt, CameBy = f.CameBy, State = f.State, Said = f.Said,
        Answers = db.ClaimAnswers.Count(a => a.FileId == f.Id),
        Unmatched = db.ClaimAnswers.Count(a => a.FileId == f.Id && a.ClaimId == null && a.SettledAt == null),
    }), query, ct);
}
