using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Search;

/// <summary>Which patients a list address means, in which order; the page and the CSV export are the same rows.</summary>
/// <param name="withShut">For those who may open a restricted chart by saying why, and have to find it first.</param>
public sealed class PatientList(PatientsDb db, IPractice practice, TimeProvider clock, bool withShut = false)
{
    private readonly IQueryable<Patient> all = withShut ? db.Patients.WithShut() : db.Patients;

    /// <summary>When none is asked for and nothing was typed.</summary>
    public const string Order = "name";

    public DateOnly Today { get; } = WallTime.Today(clock, practice.Zone);

    /// <summary>A list of thousands is read from its beginning; nobody learns more from their exact number.</summary>
    private const int MostCounted = 200;

    /// <returns>All rows, and true when they are only spelled alike.</returns>
    public async Task<(IQueryable<Patient> Rows, bool Similar)> RowsAsync(ListQuery query, string? show, CancellationToken ct)
    {
        var (rows, similar) = await MatchingAsync(query.Text, show, ct);
        return (Ordered(rows, query, PatientQuery.Parse(query.Text, Today)), similar);
    }

    /// <returns>All rows in no order, and true when they are only spelled alike.</returns>
    public async Task<(IQueryable<Patient> Rows, bool Similar)> MatchingAsync(string? text, string? show, CancellationToken ct)
    {
        var typed = PatientQuery.Parse(text, Today);
        var rows = Shown(all.Matching(typed), show);
        return !typed.IsEmpty && !await rows.AnyAsync(ct) && await PatientMatches.LikeAsync(db, all, typed, ct) is { } like
            ? (Shown(like, show), true)
            : (rows, false);
    }

    /// <returns>One page, and true when they are only spelled alike.</returns>
    public async Task<(ListPage<Patient> Page, bool Similar)> PageAsync(ListQuery query, string? show, CancellationToken ct)
    {
        var typed = PatientQuery.Parse(query.Text, Today);
        var rows = Shown(all.AsNoTracking().Matching(typed), show);
        if (typed is { Words.Count: 1, Numbers.Count: 0, BirthDates.Count: 0 } && query is { Page: <= 1, Sort: null or "" })
        {
            // The beginning of a common name: whoever has it as last name comes first, and fills the page in the order of an index.
            var begun = await Shown(all.AsNoTracking(), show).WithLastName(typed.Words[0]).BoundedPageAsync(rows, query, MostCounted, ct);
            if (begun.HasNext)
            {
                return (begun, false);
            }
        }

        var page = await Ordered(rows, query, typed).BoundedPageAsync(rows, query, MostCounted, ct);
        if (page.Total == 0 && !typed.IsEmpty && await PatientMatches.LikeAsync(db, all, typed, ct) is { } like)
        {
            rows = Shown(like.AsNoTracking(), show);
            page = await Ordered(rows, query, typed).BoundedPageAsync(rows, query, MostCounted, ct);
            return (page, page.Total > 0);
        }

        return (page, false);
    }

    private static IQueryable<Patient> Ordered(IQueryable<Patient> rows, ListQuery query, PatientQuery typed) =>
        typed.IsEmpty || query.Sort is { Length: > 0 }
            ? Find.Columns.Apply(rows, query.Sort, Order).ThenBy(p => p.Id)
            : rows.Ranked(typed).ThenBy(p => p.Id);

    private IQueryable<Patient> Shown(IQueryable<Patient> rows, string? show)
    {
        var (from, to) = WallTime.Day(Today, practice.Zone);
        return show switch
        {
            "to-finish" => rows.Where(p => p.ToFinish.Count > 0),
            "today" => rows.Where(p => p.RegisteredAt >= from && p.RegisteredAt < to),
            "restricted" => rows.Where(p => p.Restricted),
            _ => rows,
        };
    }
}
