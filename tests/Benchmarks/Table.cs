using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Modular.Benchmarks;

/// <param name="Ceiling">What the same machine did in the same run with as little code as possible.</param>
/// <param name="Met">Null where there is no budget.</param>
public sealed record Row(string What, string Ours, string Ceiling = "", string Ratio = "", string Budget = "", bool? Met = null);

/// <summary>The one result: a line a figure, as markdown.</summary>
public sealed class Table(Options options)
{
    private readonly List<Row> rows = [];

    public void Add(IEnumerable<Row> more)
    {
        foreach (var row in more)
        {
            rows.Add(row);
            Console.Error.WriteLine($"  {row.What}: {row.Ours}{(row.Ceiling.Length > 0 ? $" (ceiling {row.Ceiling}, ratio {row.Ratio})" : "")}{Verdict(row)}");
        }
    }

    public string Markdown(DateTimeOffset at)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"{at:yyyy-MM-dd}, {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}, {options.Patients:N0} patients, {options.Visits:N0} visits, {options.Rounds} rounds.");
        text.AppendLine();
        text.AppendLine("| | Modular | ceiling, same run | ratio | budget | met |");
        text.AppendLine("|---|---:|---:|---:|---:|---|");
        foreach (var row in rows)
        {
            text.AppendLine($"| {row.What} | {row.Ours} | {row.Ceiling} | {row.Ratio} | {row.Budget} | {row.Met switch { true => "yes", false => "**no**", null => "" }} |");
        }

        return text.ToString();
    }

    private static string Verdict(Row row) => row.Met switch { true => $" — within {row.Budget}", false => $" — MISSES {row.Budget}", null => "" };
}

/// <summary>Figures as the table shows them.</summary>
public static class Figures
{
    public static string Ms(double milliseconds) => milliseconds.ToString(milliseconds < 10 ? "0.00" : "0", CultureInfo.InvariantCulture) + " ms";

    public static string PerSecond(double rate) => rate.ToString("#,0", CultureInfo.InvariantCulture) + "/s";

    public static string Times(double ratio) => ratio.ToString(ratio < 10 ? "0.00" : "0", CultureInfo.InvariantCulture);

    public static string Mb(double bytes) => (bytes / 1024 / 1024).ToString("0", CultureInfo.InvariantCulture) + " MB";

    public static string Kb(double bytes) => (bytes / 1024).ToString("0.0", CultureInfo.InvariantCulture) + " KB";

    public static string Seconds(double seconds) => seconds.ToString("0.00", CultureInfo.InvariantCulture) + " s";
}
