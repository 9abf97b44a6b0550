using Microsoft.EntityFrameworkCore;

namespace Modular.Patients.Imports;

/// <summary>
/// A name that a file has in one, in parts where there is one way to read it: else whole as the last name, without a first. The rule is the
/// database's, by which what was typed before was taken apart too.
/// </summary>
public sealed record NameParts(string? FirstName, string? MiddleName, string LastName, string? Suffix)
{
    public static async Task<Dictionary<string, NameParts>> OfAsync(PatientsDb db, IEnumerable<string> names, CancellationToken ct)
    {
        string[] whole = [.. names.Distinct()];
        var read = whole.Length == 0 ? [] : await db.Database.SqlQuery<Row>($"""
            select n.whole as "Whole", p.first_name as "FirstName", p.middle_name as "MiddleName", p.last_name as "LastName", p.suffix as "Suffix"
            from unnest({whole}) n(whole), patients.name_parts(n.whole) p
            """).ToListAsync(ct);
        return read.ToDictionary(r => r.Whole, r => new NameParts(r.FirstName, r.MiddleName, r.LastName, r.Suffix));
    }

    private sealed record Row(string Whole, string? FirstName, string? MiddleName, string LastName, string? Suffix);
}
