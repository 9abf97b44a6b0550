namespace Modular.Patients.Charts;

/// <summary>Stored digits as people read them.</summary>
public static class Format
{
    public static string? Phone(string? digits) => digits is { Length: 10 } ? $"({digits[..3]}) {digits[3..6]}-{digits[6..]}" : digits;

    public static string? Zip(string? digits) => digits is { Length: 9 } ? $"{digits[..5]}-{digits[5..]}" : digits;

    public static string Date(DateOnly date) => $"{date:MM/dd/yyyy}";

    /// <summary>"01/01/2025 to 12/31/2025", "since 01/01/2026".</summary>
    public static string Days(DateOnly from, DateOnly? to) => to is { } end ? $"{Date(from)} to {Date(end)}" : $"since {Date(from)}";

    public static string Place(string? city, string? state, string? zip) =>
        string.Join(' ', new[] { string.Join(", ", new[] { city, state }.OfType<string>()), Zip(zip) }.Where(part => !string.IsNullOrEmpty(part)));
}
