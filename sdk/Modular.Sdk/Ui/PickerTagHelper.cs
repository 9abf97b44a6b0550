using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary>
/// A field in which a patient, somebody of the staff, an item is found as it is typed:
/// <c>&lt;picker asp-for="PatientName" chosen="Patient" from="/referrals/referrals/patients" label="Patient" required /&gt;</c>.
/// What is typed is asked from the address as <c>?patientName=…</c>, which answers a <see cref="PickList"/>; the id of the one chosen is
/// posted in the property that <see cref="Chosen"/> names, and emptied when other letters are typed. Arrow keys, Enter and Escape work as
/// in the search box. Further attributes go to the field.
/// </summary>
[HtmlTargetElement("picker", Attributes = "asp-for,chosen,from", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PickerTagHelper(IPageParts parts) : TagHelper
{
    private static readonly string[] Events = ["hx-get", "hx-trigger", "hx-target", "hx-sync", "hx-swap", "hx-select"];

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    /// <summary>The property that holds the words.</summary>
    [HtmlAttributeName("asp-for")]
    public ModelExpression For { get; set; } = null!;

    /// <summary>The property beside it that holds the id: "Patient".</summary>
    public string Chosen { get; set; } = "";

    /// <summary>Where what is typed is looked up.</summary>
    public string From { get; set; } = "";

    /// <inheritdoc cref="FieldTagHelper.Label"/>
    public string? Label { get; set; }

    /// <inheritdoc cref="FieldTagHelper.Hint"/>
    public string? Hint { get; set; }

    /// <inheritdoc cref="FieldTagHelper.Required"/>
    public bool Required { get; set; }

    public bool Autofocus { get; set; }

    /// <summary>Enter takes the first of the list; off where words that are on no list are welcome, as the name of a new specialist.</summary>
    public bool First { get; set; } = true;

    /// <summary>Asks as soon as the field is entered, for those chosen last.</summary>
    public bool Offers { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var list = $"{View.ViewData.TemplateInfo.GetFullHtmlFieldName(Chosen).Replace('.', '-').ToLowerInvariant()}-found";
        var attributes = new TagHelperAttributeList
        {
            { "role", "combobox" }, { "aria-autocomplete", "list" }, { "aria-expanded", "false" }, { "aria-controls", list }, { "autocomplete", "off" },
            { "data-pick", View.ViewData.TemplateInfo.GetFullHtmlFieldName(Chosen) },
            { "hx-get", From }, { "hx-trigger", $"{(Offers ? "focus, " : "")}input changed delay:120ms" }, { "hx-target", $"#{list}" },
            { "hx-sync", Offers ? "this:queue last" : "this:replace" }, { "hx-swap", "innerHTML" }, { "hx-select", "unset" },
        };
        if (First)
        {
            attributes.Add("data-first", "");
        }

        foreach (var attribute in output.Attributes.Where(a => !Events.Contains(a.Name)))
        {
            attributes.SetAttribute(attribute);
        }

        var words = new FieldControl(new(parts) { View = View, For = For, Label = Label, Hint = Hint, Required = Required, Autofocus = Autofocus, Kind = "text" }, attributes);
        var id = new FieldControl(new(parts) { View = View, For = Beside(), Kind = "hidden" }, []);
        FieldLabels.Of(View)[words.Name] = new(words.Label, words.Id, words.InWords);
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.Clear();
        output.Attributes.SetAttribute("class", "picker");
        output.Content.SetHtmlContent(new Markup().Add(id.Write(parts)).Raw("<div class=\"field\">").Add(words.Write(parts)).Raw("</div><div class=\"pop results\"")
            .Attribute("id", list).Raw(" role=\"listbox\"").Attribute("aria-label", $"{words.Label}: found").Raw(" hidden></div>"));
    }

    /// <summary>The property of the id, in the object that has the words.</summary>
    private ModelExpression Beside()
    {
        var path = For.Name.Contains('.') ? $"{For.Name[..For.Name.LastIndexOf('.')]}.{Chosen}" : Chosen;
        var id = path.Split('.').Aggregate((ModelExplorer?)View.ViewData.ModelExplorer, (of, name) => of?.GetExplorerForProperty(name))
            ?? throw new InvalidOperationException($"<picker chosen=\"{Chosen}\">: there is no property of that name beside {For.Name}.");
        return new(path, id);
    }
}
