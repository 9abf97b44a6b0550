using System.Globalization;

namespace Modular.Billing.Payers;

/// <summary>One level of appeal: what it is called, how many days one has, and who says so.</summary>
public sealed record AppealLevel(string Name, int Days, string Source)
{
    /// <summary>Levels as typed, one a line: “Redetermination; 120; 42 CFR 405.942”. With the sentence for the first line that cannot be
    /// read.</summary>
    public static (IReadOnlyList<AppealLevel> Levels, string? Fault) Read(string? typed)
    {
        var levels = new List<AppealLevel>();
        foreach (var line in (typed ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = line.Split(';', StringSplitOptions.TrimEntries);
            if (parts.Length is < 2 or > 3 || parts[0].Length == 0 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture,
                out var days) || days is < 1 or > 3000)
            {
                return (levels,
                    $"“{line}” is no level of appeal; type its name, the days and the source, with semicolons: Redetermination; 120; 42 CFR 405.942.");
            }

            levels.Add(new(parts[0], days, parts.Length == 3 ? parts[2] : ""));
        }

        return (levels, null);
    }

    public static string Write(IEnumerable<AppealLevel> levels) => string.Join('\n', levels.Select(l => $"{l.Name}; {l.Days}; {l.Source}"));
}
