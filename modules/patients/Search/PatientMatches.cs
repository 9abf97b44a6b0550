using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;

namespace Modular.Patients.Search;

/// <summary>Finds and ranks patients; the list, its export and the find box use this one way.</summary>
public static class PatientMatches
{
    public static IQueryable<Patient> Matching(this IQueryable<Patient> patients, PatientQuery query) => patients.Words(query.Words).BornAndNumbered(query);

    /// <summary>
    /// The same when nobody matched: a word of four letters and more may be misspelled, and stands for the words of names that look
    /// like it. Null when there are none.
    /// </summary>
    public static async Task<IQueryable<Patient>?> LikeAsync(PatientsDb db, IQueryable<Patient> patients, PatientQuery query, CancellationToken ct)
    {
        var misspelled = query.Words.Where(w => w.Length >= 4).ToList();
        foreach (var word in misspelled)
        {
            var pattern = await db.Database.SqlQuery<string>($"select patients.names_like({word}) as \"Value\"").SingleAsync(ct);
            patients = patients.Where(p => Regex.IsMatch(p.FindNames, pattern));
        }

        return misspelled.Count == 0 ? null : patients.Words(query.Words.Where(w => w.Length < 4)).BornAndNumbered(query);
    }

    private static IQueryable<Patient> Words(this IQueryable<Patient> patients, IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            // Words of a name are matched from their start, as typed so far.
            patients = patients.Where(p => EF.Functions.Like(p.FindNames, "% " + PatientsDb.Plain(word) + "%"));
        }

        return patients;
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
            .ThenBy(p => EF.Functions.Collate(p.SortName, "C")).ThenBy(p => p.BirthDate);
    }

    /// <summary>The first of <see cref="Ranked"/> for one word alone: the living whose last name begins with it.</summary>
    public static IQueryable<Patient> WithLastName(this IQueryable<Patient> patients, string word) => patients
        .Where(p => EF.Functions.Like(EF.Functions.Collate(p.SortName, "C"), PatientsDb.Plain(word) + "%") && p.DeceasedOn == null)
        .OrderBy(p => EF.Functions.Collate(p.SortName, "C")).ThenBy(p => p.BirthDate).ThenBy(p => p.Id);
}
