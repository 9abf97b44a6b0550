using System.Text.RegularExpressions;
using Modular.Tests.Harness;

namespace Modular.Tests.Architecture;

/// <summary>What a module must not call, because the host does it for it: time, work beside a request, loading of code, the network, reads past the data scope.</summary>
public sealed partial class BannedTests
{
    // file suffix and what it may use → why
    private static readonly Dictionary<(string File, string Symbol), string> Reasons = new()
    {
        [("scheduling/Appointments/Booking.cs", "IgnoreQueryFilters")] = "A form is not used twice, whatever locations the person sees.",
        [("scheduling/Appointments/BookingRules.cs", "IgnoreQueryFilters")] = "A patient cannot be at two places at once, and was seen here wherever it was, whatever locations the person sees.",
    };

    [Fact]
    public void No_module_reads_the_clock_starts_work_loads_code_calls_out_or_reads_past_its_scope_by_itself()
    {
        var root = Path.Combine(Repository.Root, "modules");
        var found = (from file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
                     where !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
                     from symbol in Of(File.ReadAllText(file))
                     select (File: Path.GetRelativePath(root, file).Replace('\\', '/'), Symbol: symbol)).Distinct().ToList();

        Assert.Equal([], found.Where(f => !Reasons.ContainsKey(f)).Select(f => $"{f.File} uses {f.Symbol}"));
        Assert.Equal([], Reasons.Keys.Except(found).Select(r => $"{r.File} no longer uses {r.Symbol}: take its reason out"));
    }

    /// <summary>The house style is "9:30 am": whoever formats a time otherwise says "9:30 AM" to somebody.</summary>
    [Fact]
    public void Only_the_shared_words_say_a_time_of_day()
    {
        var found = from folder in new[] { "modules", "host", "sdk/Modular.Sdk" }
                    from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs*", SearchOption.AllDirectories)
                    where Path.GetExtension(file) is ".cs" or ".cshtml" && !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
                    from Match match in Clock().Matches(File.ReadAllText(file))
                    select $"{Path.GetRelativePath(Repository.Root, file)}: {match.Value}";

        Assert.Equal(["sdk/Modular.Sdk/Ui/Said.cs: h:mm tt"], found);
    }

    [Theory]
    [InlineData("var x = DateTime.UtcNow;", "DateTime.UtcNow")]
    [InlineData("Task . Run(() => 1)", "Task.Run")]
    [InlineData("using var c = new HttpClient();", "new HttpClient")]
    [InlineData("db.Visits.FromSqlRaw($\"select {x}\")", "FromSqlRaw with text put together")]
    [InlineData("db.Visits.FromSqlRaw(\"select \" + x)", "FromSqlRaw with text put together")]
    public void Each_of_them_is_found(string code, string symbol) => Assert.Equal(symbol, Assert.Single(Of(code)));

    [Theory]
    [InlineData("// not DateTime.Now")]
    [InlineData("db.Visits.FromSqlRaw(\"select 1\")")]
    [InlineData("MyTask.Runner")]
    public void What_only_looks_like_one_is_not(string code) => Assert.Empty(Of(code));

    private static IEnumerable<string> Of(string source)
    {
        var code = Comment().Replace(source, "");
        return Banned().Matches(code).Select(m => Space().Replace(m.Value, m.Value.StartsWith("new", StringComparison.Ordinal) ? " " : ""))
            .Concat(RawSql().IsMatch(code) ? ["FromSqlRaw with text put together"] : []);
    }

    [GeneratedRegex(@"\b(DateTime(Offset)?\s*\.\s*(Now|UtcNow|Today)|Task\s*\.\s*Run|Task\s*\.\s*Delay|Thread\s*\.\s*Sleep|Type\s*\.\s*GetType|Assembly\s*\.\s*Load(From|File)?|new\s+HttpClient|IgnoreQueryFilters|Environment\s*\.\s*Exit)\b")]
    private static partial Regex Banned();

    [GeneratedRegex(@"\b(FromSqlRaw|SqlQueryRaw|ExecuteSqlRaw(Async)?)\b[^;]*?(\$""|""\s*\+)")]
    private static partial Regex RawSql();

    [GeneratedRegex(@"h+:mm\s?tt|(?<=\{\w[\w.!?]*):[tTgG](?=\})|(?<=ToString\("")[tTgG](?="")|ToShortTimeString|ToLongTimeString")]
    private static partial Regex Clock();

    [GeneratedRegex(@"//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
