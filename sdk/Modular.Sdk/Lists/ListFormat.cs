using Microsoft.AspNetCore.Http;

namespace Modular.Sdk;

/// <summary>As what a list is asked for: <c>?format=csv</c>, <c>?format=print</c>, or nothing for the page.</summary>
public enum ListFormat
{
    Page,
    Csv,
    Print,

    /// <summary>Something that no list is; refused.</summary>
    Unknown,
}

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
