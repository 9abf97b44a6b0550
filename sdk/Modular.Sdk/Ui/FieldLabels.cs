using Microsoft.AspNetCore.Mvc.Rendering;

namespace Modular.Sdk;

/// <summary>How a field of the page is called, where it is, and how people read a value of it.</summary>
internal sealed record FieldLabel(string Label, string Id, Func<string, string> InWords);

/// <summary>What the fields of a page are called, so that what stands above them can name them.</summary>
internal static class FieldLabels
{
    public static Dictionary<string, FieldLabel> Of(ViewContext view)
    {
        if (view.HttpContext.Items[typeof(FieldLabels)] is not Dictionary<string, FieldLabel> labels)
        {
            view.HttpContext.Items[typeof(FieldLabels)] = labels = new(StringComparer.OrdinalIgnoreCase);
        }

        return labels;
    }
}
