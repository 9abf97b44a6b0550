using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.PatientAccess;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.ContactLog;

/// <summary>What is to be followed up, the soonest due first; and all that was noted.</summary>
public sealed class ContactList(ContactBook book, RestrictedCharts charts, ScopeContext scope) : Slice
{
    internal static readonly ListDefinition<ContactNote> List = new("core.contact-log", "Contact log")
    {
        Id = n => n.Id,
        Patients = n => n.Patients,
        Also = ["kind", "row"],
        Search = new("Person, record, subject or reference")
        {
            When = text =>
            {
                var pattern = LikePattern.Containing(text);
                return n => EF.Functions.ILike(n.Whom, pattern, LikePattern.Escape) || EF.Functions.ILike(n.About, pattern, LikePattern.Escape)
                    || EF.Functions.ILike(n.Reference ?? "", pattern, LikePattern.Escape)
                    || n.Subjects.Any(s => EF.Functions.ILike(s.Name, pattern, LikePattern.Escape));
            },
        },
        Filters =
        [
            new("show", "Which notes", new Dictionary<string, string>
            {
                [""] = "To follow up", ["due"] = "Due", ["mine"] = "Mine to follow up", ["done"] = "Followed up", ["all"] = "All notes",
            }, (v, ask) =>
            {
                var (me, today) = (ask.Me, ask.Today);
                return v switch
                {
                    "due" => n => n.NextOn <= today && n.DoneAt == null,
                    "mine" => n => n.NextOn != null && n.DoneAt == null && n.OwnerId == me,
                    "done" => n => n.DoneAt != null,
                    "all" => null,
                    _ => n => n.NextOn != null && n.DoneAt == null,
                };
            }),
            new("way", "How", "Any way", States.Choices<ContactWay>(), v => Was(States.Read<ContactWay>(v))),
        ],
        Columns =
        [
            new("next", "Follow up", n => n.NextOn) { Sort = n => n.NextOn, ByDay = true, Class = "nowrap" },
            new("about", "About", n => n.About) { Sort = n => n.About, Main = true, Href = n => n.Page },
            new("records", "Record", n => n.Names),
            new("whom", "With whom", n => n.Whom) { Sort = n => n.Whom },
            new("outcome", "Outcome", n => n.Outcome.Title()) { Class = "nowrap" },
            new("reference", "Reference", n => n.Reference) { Optional = 1, Class = "num" },
            new("at", "When", n => n.At) { Sort = n => n.At, Optional = 1, Class = "nowrap" },
            new("by", "Noted by", n => n.By) { Optional = 2 },
            new("owner", "Who follows up", n => n.Owner) { Optional = 1 },
            new("way", "How", n => n.How) { FileOnly = true },
            new("said", "What was said", n => n.Said) { FileOnly = true },
            new("next-what", "What to do", n => n.Next) { FileOnly = true },
            new("done", "Followed up", n => n.DoneAt) { FileOnly = true },
        ],
    };

    [HttpGet("/contact-log")]
    [Needs(ContactLogPermissions.Read)]
    [Export(ContactLogPermissions.Export)]
    public Task<IActionResult> Get(ListQuery query, string? kind, Guid? row, CancellationToken ct)
    {
        var notes = book.Seen.AsNoTracking();
        if (row is { } record)
        {
            notes = notes.Where(n => n.Subjects.Any(s => s.RowId == record && s.Kind == kind));
        }

        if (AsFile)
        {
            // A file cannot ask for a reason, and is read by others than whoever took it.
            Guid[] restricted = [.. charts.Of(scope.Practice).Keys];
            notes = notes.Where(n => !n.Subjects.Any(s => s.PatientId != null && restricted.Contains(s.PatientId.Value)));
        }

        var asked = Asked(List, query);
        var ordered = asked["show"] is "all" or "done" ? notes.OrderByDescending(n => n.At).ThenBy(n => n.Id)
            : notes.OrderBy(n => n.NextOn).ThenBy(n => n.Id);
        return ListAsync(List, ordered, query, ct);
    }

    private static System.Linq.Expressions.Expression<Func<ContactNote, bool>> Was(ContactWay way) => n => n.Way == way;
}
