using System.Text.RegularExpressions;
using Modular.Tests.Harness;

namespace Modular.Tests.Architecture;

/// <summary>Some things are written in one place only: tables for spreadsheets, and files that hold something of a practice.</summary>
public sealed partial class OutputTests
{
    /// <summary>Files of programs and of the database server, with modes of their own; a module's scans are closed where their folder is made.</summary>
    private static readonly string[] OwnModes =
    [
        "host/Disk/PrivateFiles.cs", "host/Installing/ModulePackage.cs", "host/Installing/ModuleFolders.cs", "host/Judging/StartMarkers.cs",
        "host/Postgres/ClusterDirectory.cs", "host/Postgres/EmbeddedPostgres.cs", "modules/patients/Scans/ScanFolder.cs", "modules/patients/Retention/ExportRecord.cs",
    ];

    [Fact]
    public void Every_table_for_a_spreadsheet_is_written_by_the_one_writer()
    {
        var found = from file in Sources()
                    let text = string.Join('\n', File.ReadLines(Path.Combine(Repository.Root, file)).Where(line => !line.TrimStart().StartsWith("///", StringComparison.Ordinal)))
                    where file != "sdk/Modular.Sdk/Pages/Csv.cs" && (CsvByHand().IsMatch(text) || (CsvFile().IsMatch(text) && !text.Contains("Csv.", StringComparison.Ordinal)
                        && !text.Contains("PracticeExport.CopyAsync", StringComparison.Ordinal)))
                    select file;

        // The last names the files of publishers, which are read.
        Assert.Equal(["host/Components/ShowComponents.cs", "host/Files/FileType.cs", "modules/billing/Codes/CodeFiles.cs"], found.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("copy (select 1) to stdout (format csv, header)")]
    [InlineData("copy x to stdout with csv")]
    [InlineData("new CsvWriter(writer, culture)")]
    public void Such_a_bypass_is_found(string text) => Assert.Matches(CsvByHand(), text);

    [Fact]
    public void Every_file_and_folder_that_may_hold_something_of_a_practice_is_made_by_the_one_helper()
    {
        var found = from file in Sources()
                    where !OwnModes.Contains(file) && Made().IsMatch(File.ReadAllText(Path.Combine(Repository.Root, file)))
                    select file;

        Assert.Equal([], found);
    }

    private static IEnumerable<string> Sources() => new[] { "host", "modules", "sdk/Modular.Sdk" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/tests/", StringComparison.Ordinal))
        .Select(file => Path.GetRelativePath(Repository.Root, file));

    [GeneratedRegex(@"format\s+csv|stdout\s+(with\s+)?csv|new CsvWriter|CsvWriter\.Create", RegexOptions.IgnoreCase)]
    private static partial Regex CsvByHand();

    [GeneratedRegex(@"text/csv|\.csv""")]
    private static partial Regex CsvFile();

    [GeneratedRegex(@"\bFile\.(Create|WriteAll\w+|AppendAll\w+|AppendText|CreateText|OpenWrite)\(|\bnew FileStream\(|\bDirectory\.Create\w+\(|GetTempFileName|new StreamWriter\([^)]*(path|file)", RegexOptions.IgnoreCase)]
    private static partial Regex Made();
}
