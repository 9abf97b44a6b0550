using Modular.Sdk;

namespace Modular.Host.Imports;

/// <summary>Which column is which field, by their names; a person corrects it.</summary>
public static class ColumnGuess
{
    public static Dictionary<string, int> Of(IReadOnlyList<ImportField> fields, string[] headings)
    {
        var plain = headings.Select(Plain).ToArray();
        var mapping = new Dictionary<string, int>();
        // Exact names first, so that "Name" does not take the column of "Last name".
        foreach (var names in new Func<ImportField, IEnumerable<string>>[] { f => [f.Id, f.Title], f => f.Names ?? [] })
        {
            foreach (var field in fields.Where(f => !mapping.ContainsKey(f.Id)))
            {
                var at = names(field).Select(Plain).Select(n => Array.IndexOf(plain, n)).FirstOrDefault(i => i >= 0 && !mapping.ContainsValue(i), -1);
                if (at >= 0)
                {
                    mapping[field.Id] = at;
                }
            }
        }

        return mapping;
    }

    /// <summary>Required fields without a column.</summary>
    public static IEnumerable<(string Field, string Sentence)> Faults(IReadOnlyList<ImportField> fields, Dictionary<string, int> mapping)
    {
        foreach (var field in fields.Where(f => f.Required && !mapping.ContainsKey(f.Id)))
        {
            yield return (field.Id, $"{field.Title} is needed: choose its column.");
        }
    }

    private static string Plain(string name) => new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
