using System.ComponentModel;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Modular.Sdk;

/// <summary>Part of a list. Programs ask for the next part with the cursor; they never make one up.</summary>
public sealed record ApiPage<T>(
    [property: Description("The rows of this part.")] IReadOnlyList<T> Items,
    [property: Description("Send it as ?cursor= for the next part; null at the end.")] string? Next);

/// <summary>What a list takes from its address.</summary>
public sealed class ApiListQuery
{
    public const int Most = 200;

    /// <summary>Rows of one part, 1 to 200; 50 when not given.</summary>
    [FromQuery(Name = "limit"), Description("Rows of one part, 1 to 200; 50 when not given.")]
    public int Limit { get; set; } = 50;

    /// <summary>From <see cref="ApiPage{T}.Next"/> of the part before.</summary>
    [FromQuery(Name = "cursor"), Description("The next of the part before.")]
    public string? Cursor { get; set; }

    /// <summary>One row more than is shown tells whether there is another part.</summary>
    internal int Shown => Math.Clamp(Limit, 1, Most);
}

/// <summary>
/// Where a part of a list ended, sealed with the question it was an answer to: a program cannot read, change or make one, nor carry one
/// to another list, another question or another practice.
/// </summary>
public static class ApiCursor
{
    /// <summary>The last row's place in the order, from the cursor; null for the first part.</summary>
    /// <param name="question">What the list was filtered by; the cursor is of no use for another one.</param>
    /// <exception cref="ApiCursorException">It is no cursor of this list and question.</exception>
    public static TPlace? Read<TPlace>(this HttpContext http, ApiListQuery query, string question) where TPlace : class
    {
        if (string.IsNullOrEmpty(query.Cursor))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<TPlace>(Protector(http, question).Unprotect(query.Cursor));
        }
        catch (Exception e) when (e is CryptographicException or FormatException or JsonException)
        {
            throw new ApiCursorException();
        }
    }

    /// <summary>Makes a part of <paramref name="rows"/>, which were read with <see cref="Take"/>.</summary>
    /// <param name="place">The place of a row in the order.</param>
    public static ApiPage<T> Page<TRow, T, TPlace>(this HttpContext http, ApiListQuery query, string question, IReadOnlyList<TRow> rows, Func<TRow, TPlace> place, Func<TRow, T> item)
    {
        var more = rows.Count > query.Shown;
        var shown = rows.Take(query.Shown).ToList();
        return new([.. shown.Select(item)], more ? Protector(http, question).Protect(JsonSerializer.Serialize(place(shown[^1]))) : null);
    }

    /// <summary>How many rows to read: one more than are shown.</summary>
    public static int Take(this ApiListQuery query) => query.Shown + 1;

    private static IDataProtector Protector(HttpContext http, string question) =>
        http.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("api-cursor", http.Request.Path.Value ?? "", question);
}

/// <summary>A cursor that was changed, or taken from another list or question; the host answers 400.</summary>
public sealed class ApiCursorException() : Exception("This cursor does not belong to this question. Start again without one.");
