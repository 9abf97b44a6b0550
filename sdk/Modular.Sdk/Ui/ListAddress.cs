using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Modular.Sdk;

/// <summary>The list's own address with something changed: filters, order and page live there and nowhere else.</summary>
internal static class ListAddress
{
    /// <summary>The query string with these values; null takes one out.</summary>
    public static string With(HttpRequest request, params (string Name, string? Value)[] changes)
    {
        var query = request.Query.Where(q => changes.All(c => c.Name != q.Key))
            .SelectMany(q => q.Value, (q, value) => KeyValuePair.Create(q.Key, value))
            .Concat(changes.Where(c => c.Value is not null).Select(c => KeyValuePair.Create(c.Name, c.Value)))
            .Where(q => !string.IsNullOrEmpty(q.Value));
        return QueryHelpers.AddQueryString("", query);
    }
}
