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

/// <summary>The controls that a view writes by hand; those of <see cref="FieldTagHelper"/> fill themselves.</summary>
[HtmlTargetElement("input", Attributes = "name", TagStructure = TagStructure.WithoutEndTag)]
public sealed class KeptInputTagHelper : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (KeptForm.Of(View) is not { } kept)
        {
            return;
        }

        string Said(string attribute) => context.AllAttributes[attribute]?.Value?.ToString() ?? "";
        var name = Said("name");
        switch (Said("type"))
        {
            case "checkbox" or "radio":
                output.Attributes.RemoveAll("checked");
                if (kept.Chosen(name, Said("value") is { Length: > 0 } value ? value : "on"))
                {
                    output.Attributes.SetAttribute("checked", "checked");
                }

                break;
            case "password" or "file" or "submit":
                break;
            case "hidden":
                Set(output, kept.Hidden(name));
                break;
            default:
                Set(output, kept.Next(name));
                break;
        }
    }

    private static void Set(TagHelperOutput output, string? value)
    {
        if (value is not null)
        {
            output.Attributes.SetAttribute("value", value);
        }
    }
}

/// <inheritdoc cref="KeptInputTagHelper"/>
[HtmlTargetElement("textarea", Attributes = "name")]
public sealed class KeptTextareaTagHelper : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (KeptForm.Of(View)?.Next(context.AllAttributes["name"].Value.ToString()!) is { } value)
        {
            output.Content.SetContent(value);
        }
    }
}

/// <inheritdoc cref="KeptInputTagHelper"/>
[HtmlTargetElement("select", Attributes = "name")]
public sealed class KeptSelectTagHelper : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        if (KeptForm.Of(View) is { } kept)
        {
            kept.Select = context.AllAttributes["name"].Value.ToString();
            output.Content.SetHtmlContent(await output.GetChildContentAsync());
            kept.Select = null;
        }
    }
}

/// <inheritdoc cref="KeptInputTagHelper"/>
[HtmlTargetElement("option")]
public sealed class KeptOptionTagHelper : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        if (KeptForm.Of(View) is not { Select: { } select } kept || !kept.Fields.ContainsKey(select))
        {
            return;
        }

        var value = context.AllAttributes["value"]?.Value?.ToString() ?? (await output.GetChildContentAsync()).GetContent().Trim();
        output.Attributes.RemoveAll("selected");
        if (kept.Chosen(select, value))
        {
            output.Attributes.SetAttribute("selected", "selected");
        }
    }
}
