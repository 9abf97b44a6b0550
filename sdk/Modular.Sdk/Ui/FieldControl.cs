using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary>One control of a form as HTML.</summary>
internal sealed class FieldControl
{
    private readonly FieldTagHelper field;
    private readonly TagHelperAttributeList extra;
    private readonly string? error;

    public FieldControl(FieldTagHelper field, TagHelperAttributeList attributes)
    {
        this.field = field;
        extra = [.. attributes];
        Name = field.View.ViewData.TemplateInfo.GetFullHtmlFieldName(field.For.Name);
        // A drawer and the page behind it may hold the same form: their ids must differ.
        Id = (field.View.HttpContext.Request.Headers["HX-Target"] == "drawer" ? "d-" : "") + TagBuilder.CreateSanitizedId(Name, "_");
        Kind = field.Kind ?? KindOf(field);
        Label = field.Label ?? field.For.Metadata.DisplayName ?? Words(field.For.Metadata.PropertyName ?? Name);
        error = field.View.ViewData.ModelState.TryGetValue(Name, out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;
    }

    public string Name { get; }

    public string Id { get; }

    public string Kind { get; }

    public string Label { get; }

    public IHtmlContent Write(IPageParts parts) => Kind switch
    {
        "hidden" => new Markup().Raw("<input type=\"hidden\"").Attribute("id", Id).Attribute("name", Name).Attribute("value", Typed()).Raw(">"),
        "checkbox" or "switch" => Check(),
        "radio" => Choices(many: false),
        "checks" => Choices(many: true),
        "file" => Drop(parts),
        _ => Labelled(parts),
    };

    private Markup Labelled(IPageParts parts)
    {
        var html = new Markup().Raw("<label").Attribute("for", Id).Raw(">").Text(Label);
        Star(html).Raw("</label>");
        HintLine(html);
        switch (Kind)
        {
            case "textarea":
                Common(html.Raw("<textarea")).Attribute("rows", Extra("rows") ? null : "3").Raw(">\n").Text(Typed()).Raw("</textarea>");
                break;
            case "select":
                Select(html);
                break;
            case "money":
                Input(html.Raw("<span class=\"with\"><span aria-hidden=\"true\">$</span>")).Raw("</span>");
                break;
            case "search":
                Input(html.Raw("<span class=\"with\">").Add(IconTagHelper.Svg(parts, "search"))).Raw("</span>");
                break;
            default:
                Input(html);
                break;
        }

        ErrorLine(html);
        return Kind is "date" or "birth" ? html.Raw("<output class=\"said\"").Attribute("for", Id).Raw("></output>") : html;
    }

    private Markup Input(Markup html)
    {
        Common(html.Raw("<input")).Attribute("value", Kind is "password" ? null : Typed());
        return (Kind switch
        {
            "date" => html.Raw(" data-date").Attribute("placeholder", Extra("placeholder") ? null : "t, t+14, 3w, 11/23"),
            "birth" => html.Raw(" data-date=\"birth\" inputmode=\"numeric\"").Attribute("placeholder", Extra("placeholder") ? null : "MMDDYY"),
            "phone" => html.Raw(" type=\"tel\" data-phone"),
            "money" => html.Raw(" data-money inputmode=\"decimal\""),
            "time" => html.Raw(" data-time"),
            "digits" => html.Raw(" inputmode=\"numeric\""),
            "text" => html,
            _ => html.Attribute("type", Kind),
        }).Raw(">");
    }

    private void Select(Markup html)
    {
        var typed = Typed();
        Common(html.Raw("<select")).Raw(">");
        foreach (var option in field.Options ?? [])
        {
            html.Raw("<option").Attribute("value", Value(option)).Flag("selected", Value(option) == typed || (typed is null && option.Selected))
                .Flag("disabled", option.Disabled).Raw(">").Text(option.Text).Raw("</option>");
        }

        html.Raw("</select>");
    }

    private Markup Check()
    {
        var on = string.Equals(Typed()?.Split(',')[0], "true", StringComparison.OrdinalIgnoreCase);
        var html = new Markup().Raw("<label class=\"check\">");
        Common(html.Raw("<input type=\"checkbox\" value=\"true\"")).Attribute("role", Kind is "switch" ? "switch" : null).Flag("checked", on).Raw("> ").Text(Label);
        Star(html).Raw("</label>");
        HintLine(html);
        ErrorLine(html);
        // A box left empty posts nothing; this says "no" instead.
        return html.Raw("<input type=\"hidden\" value=\"false\"").Attribute("name", Name).Raw(">");
    }

    private Markup Choices(bool many)
    {
        var chosen = many ? Several() : new[] { Typed() }.ToHashSet();
        var html = new Markup().Raw("<legend>").Text(Label);
        Star(html).Raw("</legend>");
        HintLine(html);
        var number = 0;
        foreach (var option in field.Options ?? [])
        {
            var id = number++ == 0 ? Id : $"{Id}-{number}";
            var on = chosen.Contains(Value(option)) || (!many && chosen.Contains(null) && option.Selected);
            html.Raw("<label class=\"check\"><input").Attribute("type", many ? "checkbox" : "radio").Attribute("id", id).Attribute("name", Name)
                .Attribute("value", Value(option)).Attribute("aria-describedby", Described()).Flag("checked", on)
                .Raw("> ").Text(option.Text).Raw("</label>");
        }

        ErrorLine(html);
        return html;
    }

    /// <summary>What is ticked of several: none is posted as nothing at all, so that the model alone says so.</summary>
    private HashSet<string?> Several() =>
        KeptForm.Of(field.View) is { } kept ? [.. (field.Options ?? []).Select(Value).Where(value => kept.Chosen(Name, value))]
        : field.View.ViewData.ModelState.TryGetValue(Name, out var entry) && entry.RawValue is { } raw ? [.. raw as string[] ?? [(string)raw]]
        : [.. (field.For.Model as System.Collections.IEnumerable ?? Array.Empty<string>()).Cast<object?>().Select(Shown)];

    private static string Value(SelectListItem option) => option.Value ?? option.Text;

    private Markup Drop(IPageParts parts)
    {
        var html = new Markup().Raw("<label class=\"drop\">").Add(IconTagHelper.Svg(parts, "upload", "l")).Text(Label);
        Star(html);
        if (field.Hint is not null)
        {
            html.Raw("<small").Attribute("id", $"{Id}-hint").Raw(">").Text(field.Hint).Raw("</small>");
        }

        Common(html.Raw("<input type=\"file\"")).Raw("></label>");
        ErrorLine(html);
        return html;
    }

    private Markup Common(Markup html)
    {
        var css = string.Join(' ', new[] { field.Short || Kind is "birth" or "time" or "date" ? "short" : null, extra["class"]?.Value.ToString() }.Where(c => c is not null));
        html.Attribute("id", Id).Attribute("name", Name).Attribute("class", css.Length == 0 ? null : css).Flag("required", field.Required).Flag("autofocus", field.Autofocus)
            .Attribute("aria-invalid", error is null ? null : "true").Attribute("aria-describedby", Described());
        if (!Extra("autocomplete") && Kind is not ("checkbox" or "switch" or "select" or "file" or "password"))
        {
            // What the last patient's form held must not be offered to the next.
            html.Attribute("autocomplete", "off");
        }

        foreach (var attribute in extra.Where(a => a.Name is not "class"))
        {
            html.Raw(" ").Raw(attribute.Name);
            if (attribute.ValueStyle is not HtmlAttributeValueStyle.Minimized)
            {
                html.Raw("=\"").Add(attribute.Value as IHtmlContent ?? new Markup().Text(attribute.Value?.ToString())).Raw("\"");
            }
        }

        return html;
    }

    private Markup Star(Markup html) => field.Required ? html.Raw(" <span class=\"req\" aria-hidden=\"true\">*</span>") : html;

    private void HintLine(Markup html)
    {
        if (field.Hint is not null)
        {
            html.Raw("<p class=\"hint\"").Attribute("id", $"{Id}-hint").Raw(">").Text(field.Hint).Raw("</p>");
        }
    }

    private void ErrorLine(Markup html)
    {
        if (error is not null)
        {
            html.Raw("<p class=\"error\"").Attribute("id", $"{Id}-error").Raw(">").Text(error).Raw("</p>");
        }
    }

    private string? Described()
    {
        var ids = new[] { field.Hint is null ? null : $"{Id}-hint", error is null ? null : $"{Id}-error" }.Where(id => id is not null).ToArray();
        return ids.Length == 0 ? null : string.Join(' ', ids);
    }

    private bool Extra(string name) => extra.ContainsName(name);

    /// <summary>As it was typed when the form comes back, else the model's value as people write it.</summary>
    private string? Typed() =>
        KeptForm.Of(field.View)?.Text(Name, Kind is not "hidden") is { } kept ? kept :
        field.View.ViewData.ModelState.TryGetValue(Name, out var entry) && entry.RawValue is not null ? entry.AttemptedValue : Shown(field.For.Model);

    private string? Shown(object? value) => value switch
    {
        null => null,
        string text => Kind is "phone" ? TypedPhone.Show(text) : text,
        DateOnly date => Said.ShortDay(date),
        TimeOnly time => Said.Time(time),
        decimal amount => Kind is "money" ? amount.ToString("#,##0.00", CultureInfo.InvariantCulture) : amount.ToString(CultureInfo.InvariantCulture),
        bool yes => yes ? "true" : "false",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static string KindOf(FieldTagHelper field)
    {
        var type = field.For.Metadata.UnderlyingOrModelType;
        return field.Options is not null ? "select"
            : type == typeof(DateOnly) ? (BirthDateAttribute.On(field.For.Metadata) ? "birth" : "date")
            : type == typeof(TimeOnly) ? "time"
            : type == typeof(bool) ? "checkbox"
            : type == typeof(decimal) ? "money"
            : typeof(IFormFile).IsAssignableFrom(type) ? "file"
            : type == typeof(int) || type == typeof(long) ? "digits"
            : (field.For.Metadata as DefaultModelMetadata)?.Attributes.Attributes.OfType<DataTypeAttribute>().FirstOrDefault()?.DataType switch
            {
                DataType.EmailAddress => "email",
                DataType.Password => "password",
                DataType.PhoneNumber => "phone",
                DataType.MultilineText => "textarea",
                _ => "text",
            };
    }

    /// <summary>A value as people read it: the words of a choice, Yes and No of a box.</summary>
    public string InWords(string value) => Kind switch
    {
        "checkbox" or "switch" => value == "true" ? "Yes" : "No",
        "phone" => TypedPhone.Show(value) ?? value,
        "checks" => string.Join(", ", value.Split(", ").Select(Choice)),
        _ => Choice(value),
    };

    private string Choice(string value) => field.Options?.FirstOrDefault(o => Value(o) == value)?.Text ?? value;

    /// <summary><c>BirthDate</c> → <c>Birth date</c>.</summary>
    internal static string Words(string name)
    {
        var words = Names.Snake(name.Split('.')[^1]).Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
