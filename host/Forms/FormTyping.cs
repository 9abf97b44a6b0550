using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Forms;

/// <summary>How the parts of a form are typed by whoever builds it.</summary>
internal static class FormTyping
{
    private const int LongestWording = 1000;

    public static IEnumerable<string> Lines(string? typed) => (typed ?? "").ReplaceLineEndings("\n").Split('\n').Select(Reading.Clean).OfType<string>();

    /// <summary>A text with line breaks; null when blank or too long.</summary>
    public static string? Wording(Reading read, string field, string label, string? typed)
    {
        var text = typed?.ReplaceLineEndings("\n").Replace("\0", "", StringComparison.Ordinal).Trim();
        if (text?.Length > LongestWording)
        {
            read.Refuse(field, $"{label} has {text.Length} letters; at most {LongestWording} fit.");
        }

        return text is { Length: > 0 } ? text : null;
    }

    /// <summary>Forms that are worked on, and have the section or question that is changed.</summary>
    public static IQueryable<PracticeForm> Drafts(FormsDb db, params string?[] keys)
    {
        var rows = db.Forms.Where(f => f.WithdrawnAt == null);
        foreach (var key in keys.OfType<string>())
        {
            // The draft is JSON: a part of it has this key.
            var part = $$"""{"key":"{{Safe(key)}}"}""";
            var (section, question) = ($$"""{"sections":[{{part}}]}""", $$"""{"sections":[{"questions":[{{part}}]}]}""");
            rows = rows.Where(f => EF.Functions.JsonContains(f.Draft, section) || EF.Functions.JsonContains(f.Draft, question));
        }

        return rows;
    }

    /// <summary>What is added beside what others changed meanwhile contradicts none of it.</summary>
    public static async Task<int> NewestAsync(FormsDb db, Guid form, int typed, CancellationToken ct) =>
        await db.Forms.Where(f => f.Id == form).Select(f => (int?)f.Version).FirstOrDefaultAsync(ct) ?? typed;

    private static string Safe(string key) => key.Length <= 12 && key.All(char.IsAsciiLetterOrDigit) ? key : "-";
}
