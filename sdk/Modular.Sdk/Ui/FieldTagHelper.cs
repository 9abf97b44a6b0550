using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary>
/// <c>&lt;field asp-for="BirthDate" hint="010548, 1/5/48 or Jan 5 1948" required /&gt;</c>: label, hint, control, error and what screen readers
/// need, in one. What was typed comes back as it was typed. Further attributes go to the control.
/// </summary>
[HtmlTargetElement("field", Attributes = "asp-for", TagStructure = TagStructure.NormalOrSelfClosing)]
[HtmlTargetElement("field", Attributes = "named", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FieldTagHelper(IPageParts parts) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    [HtmlAttributeName("asp-for")]
    public ModelExpression For { get; set; } = null!;

    /// <summary>
    /// In place of <c>asp-for</c>, where a view writes fields that are declared elsewhere: the path of the property, such as
    /// <c>Form.City</c>.
    /// </summary>
    public string? Named { get; set; }

    /// <summary>The property's name in words when left out.</summary>
    public string? Label { get; set => field = OrNull(value); }

    /// <summary>Stands above the control: a unit, an example.</summary>
    public string? Hint { get; set => field = OrNull(value); }

    /// <summary>Marked with a star; what is really required is judged by the server.</summary>
    public bool Required { get; set; }

    /// <summary>Choices of a select, radio or checks. An empty first choice is the caller's to add.</summary>
    public IEnumerable<SelectListItem>? Options { get; set; }

    /// <summary>
    /// text, email, tel, password, number, url, search, date, birth, phone, money, time, digits, textarea, select, radio, checks (any
    /// number of the options, for a property of several values), checkbox, switch, file, hidden.
    /// Found from the property's type when left out.
    /// </summary>
    public string? Kind { get; set => field = OrNull(value); }

    /// <summary>Half a line wide.</summary>
    public bool Short { get; set; }

    public bool Autofocus { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        For = Named is null ? For
            : new(Named, Named.Split('.').Aggregate(View.ViewData.ModelExplorer, (of, name) => of.GetExplorerForProperty(name)));
        var control = new FieldControl(this, output.Attributes);
        FieldLabels.Of(View)[control.Name] = new(control.Label, control.Id, control.InWords);
        output.Attributes.Clear();
        output.TagMode = TagMode.StartTagAndEndTag;
        output.TagName = control.Kind is "hidden" ? null : control.Kind is "radio" or "checks" ? "fieldset" : "div";
        // A box, a set of choices and a file carry their label inside; "field" is the label above a control.
        if (control.Kind is not ("hidden" or "radio" or "checks" or "checkbox" or "switch" or "file"))
        {
            output.Attributes.SetAttribute("class", "field");
        }

        output.Content.SetHtmlContent(control.Write(parts));
    }

    /// <summary>What a view writes as an expression arrives as an empty text when it is null.</summary>
    private static string? OrNull(string? attribute) => attribute is { Length: > 0 } ? attribute : null;
}
