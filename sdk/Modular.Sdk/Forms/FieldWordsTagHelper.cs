using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary>
/// <c>&lt;field-words name="Form.Presets" label="Roles" options="roles" /&gt;</c>: what a field is called whose controls a view writes by hand,
/// so that the summary of what was refused, and both versions after a conflict, name it and its values as people do. Shows nothing itself.
/// </summary>
[HtmlTargetElement("field-words", Attributes = "name,label", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FieldWordsTagHelper : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    /// <summary>As it is posted.</summary>
    public string Name { get; set; } = "";

    public string Label { get; set; } = "";

    /// <summary>Values and their words.</summary>
    public IEnumerable<SelectListItem> Options { get; set; } = [];

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.SuppressOutput();
        var words = Options.ToLookup(o => o.Value, o => o.Text, StringComparer.OrdinalIgnoreCase);
        FieldLabels.Of(View)[Name] = new(Label, TagBuilder.CreateSanitizedId(Name, "_"),
            value => string.Join(", ", value.Split(", ").Select(v => words[v].FirstOrDefault() ?? v)));
    }
}
