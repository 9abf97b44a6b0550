namespace Modular.Host.Rights;

public static class EmailAddress
{
    /// <summary>Enough to catch a slip; whether mail arrives only mail can tell.</summary>
    public static bool IsPlausible(string text) =>
        text.Length <= 254 && text.Split('@') is [{ Length: > 0 and <= 64 }, var domain] && domain.Contains('.')
        && !domain.StartsWith('.') && !domain.EndsWith('.') && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or ',');
}
