namespace Modular.Sdk;

/// <summary>What a person typed, for <c>EF.Functions.ILike(name, LikePattern.Containing(text), LikePattern.Escape)</c>: their % and _ are
/// letters.</summary>
public static class LikePattern
{
    public const string Escape = "\\";

    public static string Containing(string text) => $"%{Escaped(text)}%";

    /// <summary>The same text, in capitals or not.</summary>
    public static string Same(string text) => Escaped(text);

    public static string Beginning(string text) => $"{Escaped(text)}%";

    private static string Escaped(string text) => text.Replace(Escape, Escape + Escape, StringComparison.Ordinal)
        .Replace("%", Escape + "%", StringComparison.Ordinal).Replace("_", Escape + "_", StringComparison.Ordinal);
}
