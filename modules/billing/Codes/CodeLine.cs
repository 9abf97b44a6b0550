namespace Modular.Billing.Codes;

/// <summary>One entry of an official file.</summary>
/// <param name="Number">Of the line in the file, from 1.</param>
/// <param name="From">When the file says since when it is valid.</param>
/// <param name="To">The last day, when the file says one.</param>
/// <param name="Values">Keys and values in the order of the <see cref="DatedTable"/>; null where the file says nothing.</param>
public sealed record CodeLine(int Number, DateOnly? From, DateOnly? To, params object?[] Values)
{
    /// <summary>Longer texts are cut: files of others keep to no length.</summary>
    public static string Cut(string text, int longest) => text.Length <= longest ? text : text[..longest];
}

/// <summary>A line that does not fit the layout of its file, in a sentence that begins with its number.</summary>
public sealed class CodeLineException(int line, string reason) : Exception($"Line {line}: {reason}");
