using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary><c>&lt;progress-job id="@work" /&gt;</c>: a piece of long work, live until it ends.</summary>
[HtmlTargetElement("progress-job", Attributes = "id", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ProgressJobTagHelper(IPageParts parts) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public Guid Id { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(await parts.ProgressAsync(View, Id));
    }
}
