using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary>Fills a posting form with what its person had typed before they were asked who they are, and says so on top of it.</summary>
[HtmlTargetElement("form", Attributes = "[method=post]")]
public sealed class KeptFormTagHelper(IPageParts parts) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    // Before the framework's own helper of forms (-1100), which has the content written.
    public override int Order => -2000;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var http = View.HttpContext;
        if (http.Features.Get<KeptForm>() is not { } kept || !kept.Matches(context.AllAttributes["action"]?.Value?.ToString() ?? http.Request.Path))
        {
            return;
        }

        kept.Filling = true;
        var inside = await output.GetChildContentAsync();
        kept.Filling = false;
        output.Content.SetHtmlContent(inside);
        if (kept.Filled)
        {
            output.Attributes.SetAttribute("data-kept", "");
            output.PreContent.AppendHtml(Note(kept));
        }
    }

    private Markup Note(KeptForm kept)
    {
        var note = new Markup().Raw("<div class=\"note info\" role=\"status\">").Add(IconTagHelper.Svg(parts, "info")).Raw("<div><b>Not saved yet.</b> What you had typed is back. Check it and send it again.");
        if (kept.Files.Count > 0)
        {
            note.Raw(" ").Text($"Choose {string.Join(", ", kept.Files)} again: files are not kept.");
        }

        return note.Raw("</div></div>");
    }
}
