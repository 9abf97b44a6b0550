using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Referrals.Reactions;
using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>Patients as they are typed into the form: names in any order, birth date, phone or record number.</summary>
public sealed class PatientsToRefer(ReferralsDb db, IAccessLog log, IPractice practice) : Slice
{
    public sealed record Model(IReadOnlyList<KnownPatient> Patients, DateOnly Today, bool Asked);

    [HttpGet("/referrals/referrals/patients")]
    [Needs(ReferralsModule.Write)]
    public async Task<IActionResult> Get(string? patientName, CancellationToken ct)
    {
        var today = WallTime.Today(Clock, practice.Zone);
        var (words, birth) = Read(patientName ?? "", today);
        var asked = birth is not null || words.Sum(w => w.Length) >= 2;
        var patterns = words.Select(w => $"% {w}%").ToArray();
        var found = !asked ? [] : await db.Patients.AsNoTracking()
            .Where(p => p.Active && (birth == null || p.BirthDate == birth) && patterns.All(x => EF.Functions.Like(EF.Property<string>(p, "Find"), x)))
            .OrderBy(p => p.Name).ThenBy(p => p.BirthDate).Take(8).ToListAsync(ct);
        log.Listed([.. found.Select(p => p.Id)], "patients found for a referral");
        return Fragment("_Patients", new Model(found, today, asked));
    }

    /// <summary>A word that reads as a birth date narrows by it; the others begin a word of the patient.</summary>
    private static (List<string> Words, DateOnly? Birth) Read(string typed, DateOnly today)
    {
        var words = new List<string>();
        DateOnly? birth = null;
        foreach (var word in typed.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (word.Length >= 6 && char.IsAsciiDigit(word[0]) && TypedDate.Read(word, today, birth: true).Date is { } date)
            {
                birth = date;
            }
            else
            {
                words.Add(Plain(word));
            }
        }

        return (words, birth);
    }

    private static string Plain(string word)
    {
        var letters = word.ToLowerInvariant().Normalize(NormalizationForm.FormD)
            .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && c is not ('%' or '_' or '\\' or '(' or ')'));
        var plain = string.Concat(letters);
        // A phone number is stored as its digits.
        return plain.Length > 3 && plain.All(c => char.IsAsciiDigit(c) || c is '-' or '.') ? string.Concat(plain.Where(char.IsAsciiDigit)) : plain;
    }
}
