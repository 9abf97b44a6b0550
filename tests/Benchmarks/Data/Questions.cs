using System.Globalization;
using System.Text;
using Modular.Benchmarks.Running;

namespace Modular.Benchmarks.Data;

public sealed record Question(string Kind, string Text, Guid Patient);

/// <summary>The mix of a search box: mostly the start of a name, now and then a number, a birth date, a slip of the finger.</summary>
public static class Questions
{
    private sealed record Known(Guid Id, string First, string Last, DateOnly Born, string Phone, string Number);

    // Of a hundred questions so many of each kind.
    private static readonly (int Share, string Kind, Func<Known, Random, string> Ask)[] Kinds =
    [
        (28, "start of name", (p, r) => Start(p.Last, r.Next(3, 6))),
        (20, "last + first", (p, r) => $"{Start(p.Last, 5)} {Start(p.First, r.Next(2, 5))}"),
        (12, "first last", (p, _) => $"{p.First} {p.Last}".ToLowerInvariant()),
        (8, "accents", (p, _) => p.Last),
        (8, "no accents", (p, _) => Plain(p.Last).ToLowerInvariant()),
        (8, "birth date", (p, _) => p.Born.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture)),
        (4, "name + born", (p, _) => $"{Start(p.Last, 3)} {p.Born.ToString("MMddyy", CultureInfo.InvariantCulture)}"),
        (3, "phone", (p, _) => p.Phone),
        (3, "record number", (p, _) => p.Number),
        (6, "slip", (p, r) => Slip(Plain(p.Last).ToLowerInvariant(), r) + " " + Start(p.First, 3)),
    ];

    public static async Task<IReadOnlyList<Question>> DrawAsync(Site site, PracticeData data, int count)
    {
        var random = new Random(42);
        var known = await SampleAsync(site, data, count);
        var kinds = Kinds.SelectMany(k => Enumerable.Repeat(k, k.Share)).ToArray();
        return [.. known.Select(p =>
        {
            var kind = kinds[random.Next(kinds.Length)];
            return new Question(kind.Kind, kind.Ask(p, random), p.Id);
        })];
    }

    private static async Task<List<Known>> SampleAsync(Site site, PracticeData data, int count)
    {
        await using var database = site.Database(data.Database);
        await using var command = database.CreateCommand("""
            select id, first_name, last_name, birth_date, mobile_phone, record_number from patients.patients order by md5(id::text) limit $1
            """);
        command.Parameters.Add(new() { Value = count });
        await using var row = await command.ExecuteReaderAsync();
        var known = new List<Known>();
        while (await row.ReadAsync())
        {
            known.Add(new(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateOnly>(3), row.GetString(4), row.GetString(5)));
        }

        return known;
    }

    private static string Start(string name, int letters) => Plain(name)[..Math.Min(letters, name.Length)].ToLowerInvariant();

    /// <summary>Two neighbors swapped, or a letter left out.</summary>
    private static string Slip(string name, Random random)
    {
        var at = random.Next(1, name.Length - 1);
        return random.Next(2) == 0 ? name.Remove(at, 1) : $"{name[..at]}{name[at + 1]}{name[at]}{name[(at + 2)..]}";
    }

    private static string Plain(string name) =>
        string.Concat(name.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark));
}
