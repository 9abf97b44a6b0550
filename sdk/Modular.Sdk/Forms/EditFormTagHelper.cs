using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary>
/// <c>&lt;form method="post" edit&gt;fields, a <see cref="SaveButtonTagHelper">save-button</see>&lt;/form&gt;</c>: the form of an
/// <see cref="Edit{TRow, TForm}"/>. It brings what was refused, both versions after a conflict, the version that was shown, and posts to the
/// address it was opened at, from the drawer back into the drawer.
/// </summary>
[HtmlTargetElement("form", Attributes = "edit")]
public sealed class EditFormTagHelper : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    // After the framework's own helper of forms (-1000), which brings the request token where the view gives no address.
    public override int Order => 0;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var state = EditState.Of(View.HttpContext)
            ?? throw new InvalidOperationException($"{View.ExecutingFilePath} has <form edit>, but its slice did not answer by an Edit.");
        output.Attributes.RemoveAll("edit");
        output.Attributes.SetAttribute("data-guard", new HtmlString(""));
        var request = View.HttpContext.Request;
        var action = output.Attributes["action"]?.Value ?? $"{request.PathBase}{request.Path}{request.QueryString}";
        output.Attributes.SetAttribute("action", action);
        if (request.Headers["HX-Target"] == "drawer")
        {
            output.Attributes.SetAttribute("hx-post", action);
            output.Attributes.SetAttribute("hx-target", "#drawer");
            if (output.Attributes["enctype"]?.Value is { } encoding)
            {
                output.Attributes.SetAttribute("hx-encoding", encoding);
            }
        }

        var name = View.ViewData.Model == state.Form ? "" : EditState.Prefix;
        output.PreContent.AppendHtml(new ErrorSummary(View)).AppendHtml(new Versions(View, state.Conflict, name))
            .AppendHtml(new Markup().Raw("<input type=\"hidden\"").Attribute("name", name + nameof(IVersioned.Version))
                .Attribute("value", Kept(name + nameof(IVersioned.Version)) ?? $"{state.Version}").Raw(">"));
    }

    /// <summary>What waited while its person signed in again was typed over the version of then.</summary>
    private string? Kept(string name) =>
        View.HttpContext.Features.Get<KeptForm>() is { } kept && kept.Matches(View.HttpContext.Request.Path) ? kept.Text(name, visible: false) : null;

    /// <summary>Both versions of every field that differs; written when the page is, as by then every field below has said its name.</summary>
    private sealed class Versions(ViewContext view, IReadOnlyList<Difference> conflict, string prefix) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder)
        {
            if (conflict.Count == 0)
            {
                return;
            }

            var html = new Markup().Raw("""
                <section class="card" id="conflict"><header><h2>Both versions</h2><small>choose which of the two is saved</small></header>
                <table class="versions">
                <thead><tr><th scope="col">Field</th><th scope="col">Saved meanwhile</th><th scope="col">Typed by you</th></tr></thead>
                <tbody>
                """);
            foreach (var field in conflict)
            {
                Row(html, field);
            }

            html.Raw("</tbody></table></section>").WriteTo(writer, encoder);
        }

        private void Row(Markup html, Difference field)
        {
            var known = FieldLabels.Of(view).GetValueOrDefault(prefix + field.Field);
            var label = known?.Label ?? FieldControl.Words(field.Field);
            var name = $"{prefix}Theirs[{field.Field}]";
            html.Raw("<tr><th scope=\"row\">").Text(label).Raw("</th>");
            Choice(html, name, "true", label, "saved", InWords(known, field.Saved));
            Choice(html, name, "false", label, "typed", InWords(known, field.Typed));
            html.Raw("</tr>");
        }

        private static void Choice(Markup html, string name, string value, string label, string which, string text) => html
            .Raw("<td><label class=\"check\"><input type=\"radio\"").Attribute("name", name).Attribute("value", value)
            .Attribute("aria-label", $"{label} as {which}: {text}").Flag("checked", which == "typed")
            .Raw("><span>").Text(text).Raw("</span></label></td>");

        private static string InWords(FieldLabel? known, string? value) => value is null ? "empty" : known?.InWords(value) ?? value;
    }
}
