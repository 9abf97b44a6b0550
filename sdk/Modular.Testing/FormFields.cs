using AngleSharp.Html.Dom;

namespace Modular.Testing;

/// <summary>What a browser would send of a form as it stands.</summary>
internal static class FormFields
{
    public static List<KeyValuePair<string, string>> Of(IHtmlFormElement form) =>
        [.. form.Elements.Select(Field).Where(f => f.Name is { Length: > 0 }).Select(f => new KeyValuePair<string, string>(f.Name!, f.Value ?? ""))];

    private static (string? Name, string? Value) Field(IHtmlElement element) => element switch
    {
        IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } or IHtmlInputElement { Type: "submit" or "file" or "button" } => (null, null),
        IHtmlInputElement input => (input.Name, input.Value),
        IHtmlSelectElement select => (select.Name, select.Value),
        IHtmlTextAreaElement area => (area.Name, area.Value),
        _ => (null, null),
    };
}
