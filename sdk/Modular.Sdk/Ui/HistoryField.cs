using System.Globalization;

namespace Modular.Sdk;

/// <summary>One column of a table as its history says it.</summary>
/// <param name="column">As it stands in the table: <c>sent_on</c>.</param>
/// <param name="label">As the form calls it: <c>Sent</c>.</param>
/// <param name="words">What a value of the log means: <c>v =&gt; Urgency.All[v]</c>; dates, yes and no are said without it.</param>
public sealed class HistoryField(string column, string label, Func<string, string>? words = null)
{
    public string Column { get; } = column;

    public string Label { get; } = label;

    internal string Said(string value, string zone) => value.Length == 0 ? "nothing"
        : words is not null ? words(value)
        : value is "True" or "true" ? "yes"
        : value is "False" or "false" ? "no"
        : DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Sdk.Said.ShortDay(day)
        : value.Length > 18 && value[10] == 'T' && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out var at) ? OnWall(at, zone)
        : value;

    private static string OnWall(DateTimeOffset at, string zone)
    {
        var wall = WallTime.At(at, zone);
        return $"{Sdk.Said.ShortDay(DateOnly.FromDateTime(wall.DateTime))} {Sdk.Said.Time(wall)}";
    }
}
