using System.Globalization;
using System.Text.RegularExpressions;

namespace Modular.Sdk;

/// <summary>A time as people type it: <c>9</c>, <c>930</c>, <c>9:30 pm</c>, <c>14:05</c>. Without am or pm an office hour is meant: 7 to 12 as they are, 1 to 6 in the afternoon.</summary>
public static partial class TypedTime
{
    public const string Hint = "Not a time. Try 9:30, 930 or 2 pm.";

    public static TimeOnly? Read(string text)
    {
        var m = Pattern().Match(text.Trim().ToLowerInvariant());
        if (!m.Success)
        {
            return null;
        }

        var hour = int.Parse(m.Groups["h"].Value, CultureInfo.InvariantCulture);
        var minute = m.Groups["m"].Success ? int.Parse(m.Groups["m"].Value, CultureInfo.InvariantCulture) : 0;
        if (hour > 23 || minute > 59)
        {
            return null;
        }

        if (m.Groups["half"].Success && hour <= 12)
        {
            hour = (hour % 12) + (m.Groups["half"].Value == "p" ? 12 : 0);
        }
        else if (hour is >= 1 and < 7)
        {
            hour += 12;
        }

        return new TimeOnly(hour, minute);
    }

    [GeneratedRegex(@"^(?<h>\d{1,2})[:.]?(?<m>\d{2})?\s*(?<half>[ap])?\.?m?\.?$")]
    private static partial Regex Pattern();
}
