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
