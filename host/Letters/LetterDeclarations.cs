using System.Text.RegularExpressions;
using Modular.Sdk;

namespace Modular.Host.Letters;

/// <summary>The letters that a module declares, judged before it runs. The first fault, as the sentence of the modules page.</summary>
public static partial class LetterDeclarations
{
    /// <summary>The language's own words, which a text could not tell from a field.</summary>
    private static readonly HashSet<string> Taken =
        ["and", "as", "blank", "case", "contains", "else", "elsif", "empty", "end", "false", "for", "forloop",
            "if", "in", "nil", "not", "null", "or", "this", "true", "unless", "when", "with"];

    public static string? Fault(ModuleManifest manifest, string folder, IReadOnlyList<LetterKind> kinds) =>
        kinds.GroupBy(k => k.Id).FirstOrDefault(g => g.Count() > 1) is { } twice ? $"It declares the letter {twice.Key} twice."
        : kinds.Select(k => Fault(manifest, folder, k)).FirstOrDefault(f => f is not null);

    private static string? Fault(ModuleManifest manifest, string folder, LetterKind kind)
    {
        if (!Noun().IsMatch(kind.Id) || !kind.Id.StartsWith(manifest.Id + ".", StringComparison.Ordinal))
        {
            return $"Its letter {kind.Id} must be named {manifest.Id}.noun.";
        }

        if (kind.Languages.Count == 0 || kind.Languages.FirstOrDefault(l => !PatientTexts.Languages.Contains(l)) is not null)
        {
            return $"Its letter {kind.Id} must be in languages out of {string.Join(", ", PatientTexts.Languages)}.";
        }

        if (kind.Paper is not ("letter" or "card"))
        {
            return $"Its letter {kind.Id} must be on letter or card paper.";
        }

        var levels = kind.Fields.Select(f => f.Fields).Prepend(kind.Fields);
        if (levels.Select((fields, i) => FieldFault(fields, rows: i > 0)).FirstOrDefault(f => f is not null) is { } fault)
        {
            return $"Its letter {kind.Id} {fault}";
        }

        return kind.Languages.FirstOrDefault(l => !File.Exists(LetterBook.FileOf(folder, kind, l))) is { } missing
            ? $"Its letter {kind.Id} has no text: {Path.GetRelativePath(folder, LetterBook.FileOf(folder, kind, missing))} is not there."
            : null;
    }

    private static string? FieldFault(IReadOnlyList<LetterField> fields, bool rows)
    {
        var names = new HashSet<string>();
        foreach (var field in fields)
        {
            var parts = field.Name.Split('.');
            if (!Word().IsMatch(field.Name) || parts.Any(Taken.Contains) || (rows && parts.Length > 1))
            {
                return $"has a field {field.Name}; a field is named with lower-case letters, digits and underscores, "
                    + "one dot between a group and its word, and none of the words that texts use themselves.";
            }

            // "patient" beside "patient.name" would be a text and a group at once.
            if (!names.Add(field.Name) || fields.Any(f => f.Name.StartsWith(field.Name + ".", StringComparison.Ordinal)))
            {
                return $"has the field {field.Name} twice.";
            }

            var list = field.Type == LetterFieldType.List;
            if (list != field.Fields.Count > 0 || (rows && list) || !IsOf(field.Type, field.Example))
            {
                return $"has a field {field.Name} whose example or rows are not those of a {field.Type}.";
            }
        }

        return null;
    }

    private static bool IsOf(LetterFieldType type, object? example) => type switch
    {
        LetterFieldType.Text => example is string,
        LetterFieldType.Number => example is int or long or decimal,
        LetterFieldType.Date => example is DateOnly,
        LetterFieldType.Time => example is TimeOnly,
        LetterFieldType.YesNo => example is bool,
        _ => example is null,
    };

    [GeneratedRegex(@"^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$")]
    private static partial Regex Noun();

    [GeneratedRegex(@"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$")]
    private static partial Regex Word();
}
