using System.Globalization;
using System.Text.RegularExpressions;

namespace Modular.Host.Postgres;

/// <summary>One installation of PostgreSQL's programs, version 15 or later.</summary>
public sealed partial record PostgresBinaries(string Directory, int Major)
{
    public const int OldestMajor = 15;
    private static readonly string[] Server = ["initdb", "postgres"];
    private static readonly string[] Client = ["pg_dump", "pg_restore", "psql", "createdb", "dropdb"];

    public string this[string tool] => Path.Combine(Directory, tool);

    /// <summary>Programs to run a cluster with; an existing cluster needs exactly the major version that made it.</summary>
    public static async Task<PostgresBinaries> FindServerAsync(int? clusterMajor, CancellationToken ct)
    {
        var found = await FindAsync([.. Server, .. Client], ct);
        if (clusterMajor is { } major)
        {
            return found.Find(b => b.Major == major) ?? throw new PostgresUnavailableException(
                $"The data was written by PostgreSQL {major}, but {Versions(found)} is installed: " +
                $"install that version (apt-get install postgresql-{major}), or move the data with pg_upgrade.");
        }

        return found.FirstOrDefault() ?? throw new PostgresUnavailableException(
            $"PostgreSQL {OldestMajor} or later is not installed. Type: sudo apt-get install postgresql");
    }

    /// <summary>Programs to back up and restore with; the highest version, because pg_dump reads older servers only.</summary>
    public static async Task<PostgresBinaries> FindClientAsync(CancellationToken ct) =>
        (await FindAsync(Client, ct)).FirstOrDefault() ?? throw new PostgresUnavailableException(
            $"The PostgreSQL {OldestMajor} client programs are not installed. Type: sudo apt-get install postgresql-client");

    private static async Task<List<PostgresBinaries>> FindAsync(string[] tools, CancellationToken ct)
    {
        var found = new List<PostgresBinaries>();
        foreach (var directory in Candidates().Distinct().Where(d => tools.All(t => IsProgram(Path.Combine(d, t)))))
        {
            var outcome = await Tool.RunAsync([Path.Combine(directory, "pg_dump"), "--version"], ct);
            var match = VersionPattern().Match(outcome.Output);
            if (match.Success && int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) is var major and >= OldestMajor)
            {
                found.Add(new PostgresBinaries(directory, major));
            }
        }

        return [.. found.OrderByDescending(b => b.Major)];
    }

    private static IEnumerable<string> Candidates()
    {
        const string debian = "/usr/lib/postgresql";
        var packaged = System.IO.Directory.Exists(debian)
            ? System.IO.Directory.EnumerateDirectories(debian).Select(d => Path.Combine(d, "bin"))
            : [];
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        return packaged.Concat(path.Split(':', StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathRooted));
    }

    // Debian puts a Perl wrapper of another name behind /usr/bin/psql; it would choose a cluster of its own.
    private static bool IsProgram(string file) =>
        File.Exists(file) && Path.GetFileName(File.ResolveLinkTarget(file, returnFinalTarget: true)?.Name ?? file) == Path.GetFileName(file);

    private static string Versions(List<PostgresBinaries> found) =>
        found.Count == 0 ? "none" : string.Join(" and ", found.Select(b => $"PostgreSQL {b.Major}"));

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex VersionPattern();
}
