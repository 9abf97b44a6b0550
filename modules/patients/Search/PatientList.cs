using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Search;

/// <summary>Which patients a list address means, in which order; the page and the CSV export are the same rows.</summary>
/// <param name="withShut">For those who may open a restricted chart by saying why, and have to find it first.</param>
public sealed class PatientList(PatientsDb db, IPractice practice, TimeProvider clock, bool withShut = false)
{
    private readonly IQueryable<Patient> all = withShut ? db.Patients.WithShut() : db.Patients;

    public DateOnly Today { get; } = WallTime.Today(clock, practice.Zone);

    /// <summary>A list of thousands is read from its beginning; nobody learns more from their exact number.</summary>
    private const int MostCounted = 200;

    /// <summary>All rows of the file or the print, in the order in force.</summary>
    public async Task<IQueryable<Patient>> RowsAsync(ListRequest<Patient> asked, CancellationToken ct) =>
        Ordered((await MatchingAsync(asked.Query.Text, asked.Filtered, ct)).AsNoTracking(), asked, PatientQuery.Parse(asked.Query.Text, Today));

    /// <summary>All rows in no order; those spelled alike when nobody matches as typed.</summary>
    /// <param name="shown">What the filters of the list leave.</param>
    public async Task<IQueryable<Patient>> MatchingAsync(string? text, Func<IQueryable<Patient>, IQueryable<Patient>> shown, CancellationToken ct)
    {
        var typed = PatientQuery.Parse(text, Today);
        var rows = shown(all.Matching(typed));
        return !typed.IsEmpty && !await rows.AnyAsync(ct) && await PatientMatches.LikeAsync(db, all, typed, ct) is { } like ? shown(like) : rows;
    }

    /// <returns>One page, and true when they are only spelled alike.</returns>
    public async Task<(ListPage<Patient> Page, bool Similar)> PageAsync(ListRequest<Patient> asked, CancellationToken ct)
    {
        var query = asked.Query;
        var typed = PatientQuery.Parse(query.Text, Today);
        var rows = asked.Filtered(all.AsNoTracking().Matching(typed));
        if (typed is { Words.Count: 1, Numbers.Count: 0, BirthDates.Count: 0 } && query is { Page: <= 1, Sort: null or "" })
        {
            // The beginning of a common name: whoever has it as last name comes first, and fills the page in the order of an index.
            var begun = await asked.Filtered(all.AsNoTracking()).WithLastName(typed.Words[0]).BoundedPageAsync(rows, query, MostCounted, ct);
            if (begun.HasNext)
            {
                return (begun, false);
            }
        }

        var page = await Ordered(rows, asked, typed).BoundedPageAsync(rows, query, MostCounted, ct);
        if (page.Total == 0 && !typed.IsEmpty && await PatientMatches.LikeAsync(db, all, typed, ct) is { } like)
        {
            rows = asked.Filtered(like.AsNoTracking());
            page = await Ordered(rows, asked, typed).BoundedPageAsync(rows, query, MostCounted, ct);
            return (page, page.Total > 0);
        }

        return (page, false);
    }

    private static IQueryable<Patient> Ordered(IQueryable<Patient> rows, ListRequest<Patient> asked, PatientQuery typed) =>
        typed.IsEmpty || asked.Query.Sort is { Length: > 0 } ? asked.Ordered(rows) : rows.Ranked(typed).ThenBy(p => p.Id);
}
