using Modular.Sdk;

namespace Modular.Patients.Charts;

/// <summary>Stored digits as people read them.</summary>
public static class Format
{
    public static string? Zip(string? digits) => digits is { Length: 9 } ? $"{digits[..5]}-{digits[5..]}" : digits;

    /// <summary>"01/01/2025 to 12/31/2025", "since 01/01/2026".</summary>
    public static string Days(DateOnly from, DateOnly? to) => to is { } end ? $"{Said.ShortDay(from)} to {Said.ShortDay(end)}" : $"since {Said.ShortDay(from)}";

    public static string Place(string? city, string? state, string? zip) =>
        string.Join(' ', new[] { string.Join(", ", new[] { city, state }.OfType<string>()), Zip(zip) }.Where(part => !string.IsNullOrEmpty(part)));
}
