using System.Text.RegularExpressions;
using Modular.Tests.Harness;

namespace Modular.Tests.Architecture;

/// <summary>Modules speak by messages: no SQL of one touches the tables of the host or of another module.</summary>
public sealed partial class SchemaTests
{
    // Where a migration registers its own tables, and the function that says when patients were last seen in any of them.
    private static readonly string[] Allowed = ["core.patient_tables", "core.patients_last_seen"];

    [Fact]
    public void No_module_asks_or_writes_tables_of_another_schema()
    {
        var root = Path.Combine(Repository.Root, "modules");
        var modules = Directory.GetDirectories(root).Select(d => Path.GetFileName(d)!).ToList();
        string[] schemas = ["core", "bus", "audit", .. modules];

        var found = from module in modules
                    from file in Directory.EnumerateFiles(Path.Combine(root, module), "*.*", SearchOption.AllDirectories)
                    where file.EndsWith(".sql", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal)
                    where !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
                    // A module's own tests look at what others made of its messages.
                    where !file.Contains("/tests/", StringComparison.Ordinal)
                    from table in Of(File.ReadAllText(file))
                    let schema = table.Split('.')[0]
                    where schema != module && schemas.Contains(schema) && !Allowed.Contains(table)
                    select $"{Path.GetRelativePath(root, file)} names {table}";

        Assert.Equal([], found);
    }

    [Theory]
    [InlineData("select 1 from patients.patients p", "patients.patients")]
    [InlineData("delete from \"core\".\"people\"", "core.people")]
    [InlineData("INSERT INTO bus.inbox values (1)", "bus.inbox")]
    [InlineData("patient_id uuid references patients.patients (id)", "patients.patients")]
    public void Such_a_table_is_found(string sql, string table) => Assert.Equal(table, Assert.Single(Of(sql)));

    private static IEnumerable<string> Of(string text) => Table().Matches(text).Select(m => $"{m.Groups[1].Value}.{m.Groups[2].Value}".ToLowerInvariant());

    [GeneratedRegex("""\b(?:from|join|into|update|references|table|exists|using|only)\s+"*(\w+)"*\."*(\w+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Table();
}
