using Modular.Sdk;
using Scriban.Runtime;

namespace Modular.Host.Letters;

/// <summary>What a module gave, as a text may read it: plain values under declared names, and nothing that has members of its own.</summary>
internal static class LetterValues
{
    /// <summary>In characters, all texts together.</summary>
    private const int Longest = 300_000;

    private const int MostRows = 1_000;

    /// <param name="fault">Why these values make no letter; null when they do.</param>
    /// <exception cref="ArgumentException">A name or a type that the kind does not declare.</exception>
    public static ScriptObject Of(LetterKind kind, IReadOnlyDictionary<string, object?> given, out string? fault)
    {
        var read = new Found();
        var values = Row(kind.Id, kind.Fields, given, read);
        fault = read.Long is { } list ? $"{list} has more than {MostRows:#,##0} rows."
            : read.Length > Longest ? $"What it should say has {read.Length:#,##0} characters; a letter has at most {Longest:#,##0}."
            : read.Missing.Count > 0 ? $"It needs what is empty: {string.Join(", ", read.Missing.Distinct())}." : null;
        return values;
    }

    private static ScriptObject Row(string kind, IReadOnlyList<LetterField> fields, IReadOnlyDictionary<string, object?> given, Found read)
    {
        if (given.Keys.FirstOrDefault(k => fields.All(f => f.Name != k)) is { } unknown)
        {
            throw new ArgumentException($"The letter {kind} declares no field {unknown}.", nameof(given));
        }

        var row = new ScriptObject();
        var groups = new List<ScriptObject> { row };
        foreach (var field in fields)
        {
            var value = Plain(kind, field, given.GetValueOrDefault(field.Name), read);
            if (value is null && !field.MayBeEmpty)
            {
                read.Missing.Add(field.Label);
            }

            var (of, name) = (row, field.Name);
            if (name.Split('.') is [var group, var member])
            {
                if (row.TryGetValue(group, out var made))
                {
                    of = (ScriptObject)made!;
                }
                else
                {
                    row[group] = of = [];
                    groups.Add(of);
                }

                name = member;
            }

            of[name] = value;
        }

        groups.ForEach(g => g.IsReadOnly = true);
        return row;
    }

    private static object? Plain(string kind, LetterField field, object? value, Found read)
    {
        switch (field.Type, value)
        {
            case (_, null):
                return null;
            case (LetterFieldType.Text, string text):
                read.Length += text.Length;
                return read.Length > Longest ? null : LetterText.Clean(text);
            case (LetterFieldType.Number, int or long or decimal):
                return Convert.ToDecimal(value, System.Globalization.CultureInfo.InvariantCulture);
            case (LetterFieldType.Date, DateOnly) or (LetterFieldType.Time, TimeOnly) or (LetterFieldType.YesNo, bool):
                return value;
            case (LetterFieldType.List, IEnumerable<IReadOnlyDictionary<string, object?>> rows):
                var list = new ScriptArray();
                foreach (var given in rows)
                {
                    if (list.Count == MostRows)
                    {
                        read.Long = field.Label;
                        break;
                    }

                    list.Add(Row(kind, field.Fields, given, read));
                }

                list.IsReadOnly = true;
                return list.Count == 0 ? null : list;
            default:
                throw new ArgumentException(
                    $"The letter {kind} declares {field.Name} as {field.Type}; it was given {value.GetType().Name}.", nameof(value));
        }
    }

    /// <summary>What is noticed on the way through all rows.</summary>
    private sealed class Found
    {
        public List<string> Missing { get; } = [];

        public int Length { get; set; }

        /// <summary>The list that has too many rows.</summary>
        public string? Long { get; set; }
    }
}
