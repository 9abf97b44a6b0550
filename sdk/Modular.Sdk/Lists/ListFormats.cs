using Microsoft.AspNetCore.Http;

namespace Modular.Sdk;

/// <summary>The one reader of <c>?format=</c>, for the host's gate and for the lists alike.</summary>
public static class ListFormats
{
    /// <summary>The name in the address.</summary>
    public const string Key = "format";

    public static ListFormat Of(HttpRequest request) => request.Query[Key].ToString() switch
    {
        "" => ListFormat.Page,
        "csv" => ListFormat.Csv,
        "print" => ListFormat.Print,
        _ => ListFormat.Unknown,
    };
}
