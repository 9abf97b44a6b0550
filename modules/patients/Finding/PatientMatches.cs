using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;

namespace Modular.Patients.Finding;

/// <summary>Finds and ranks patients; the list, its export and the find box use this one way.</summary>
public static class PatientMatches
{
    public static IQueryable<Patient> Matching(this IQueryable<Patient> patients, PatientQuery query)
    {
        foreach (var word in query.Words)
        {
            // Words of a name are matched from their start, as typed so far.
            patients = patients.Where(p => EF.Functions.Like(p.FindNames, "% " + PatientsDb.Plain(word) + "%"));
        }

        return patients.BornAndNumbered(query);
    }

    /// <summary>The same when nobody matched: words of four letters and more may be misspelled. Runs one short query a word.</summary>
    public static async Task<IQueryable<Patient>?> LikeAsync(PatientsDb db, PatientQuery query, CancellationToken ct)
    {
        HashSet<Guid>? ids = null;
        foreach (var word in query.Words.Where(w => w.Length >= 4))
        {
            var like = await db.Database.SqlQuery<Guid>($"select id as \"Value\" from patients.names_like({word})").ToListAsync(ct);
            ids = ids is null ? [.. like] : [.. ids.Intersect(like)];
        }

        return ids is not { Count: > 0 } ? null : db.Patients.Where(p => ids.Contains(p.Id)).BornAndNumbered(query);
    }

    private static IQueryable<Patient> BornAndNumbered(this IQueryable<Patient> patients, PatientQuery query)
    {
        foreach (var date in query.BirthDates)
        {
            patients = patients.Where(p => p.BirthDate == date);
        }

        foreach (var number in query.Numbers)
        {
            // Two digits are the start of a record number; three and more may be any part of it or of a phone.
            var pattern = number.Text.Length < 3 ? $"% {number.Text}%" : $"%{number.Text}%";
            patients = number.BirthDate is { } born
                ? patients.Where(p => p.BirthDate == born || EF.Functions.Like(p.FindNumbers, pattern))
                : patients.Where(p => EF.Functions.Like(p.FindNumbers, pattern));
        }

        return patients;
    }

    /// <summary>The most likely first: the very record number, then a last name that starts as typed, then the living, then by name.</summary>
    public static IOrderedQueryable<Patient> Ranked(this IQueryable<Patient> patients, PatientQuery query)
    {
        var number = query.Numbers.Count > 0 ? query.Numbers[0].Text : "";
        var word = query.Words.Count > 0 ? query.Words[0] : "";
        return patients
            .OrderByDescending(p => PatientsDb.Plain(p.RecordNumber) == number)
            .ThenByDescending(p => word != "" && EF.Functions.Like(p.SortName, PatientsDb.Plain(word) + "%"))
            .ThenBy(p => p.DeceasedOn != null)
            .ThenBy(p => p.SortName).ThenBy(p => p.BirthDate);
    }
}
