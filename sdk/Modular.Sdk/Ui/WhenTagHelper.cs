using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Modular.Sdk;

/// <summary>
/// <c>&lt;when instant="@visit.Start" zone="@location.Zone" /&gt;</c> or <c>&lt;when date="@birth" /&gt;</c>:
/// the date as people say it, the exact one on hover. What happens at a place takes that place's zone.
/// </summary>
[HtmlTargetElement("when", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class WhenTagHelper(IPractice practice, TimeProvider clock) : TagHelper
{
    public DateTimeOffset? Instant { get; set; }

    public DateOnly? Date { get; set; }

    /// <summary>IANA zone; the practice's when left out.</summary>
    public string? Zone { get; set; }

    /// <summary><c>time</c> shows the time alone, <c>day</c> the day alone.</summary>
    public string? Only { get; set; }

    /// <summary>In the middle of a sentence: <c>today</c> instead of <c>Today</c>.</summary>
    public bool Inside { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var zone = Zone ?? practice.Zone;
        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        if (Instant is { } instant)
        {
            var wall = WallTime.At(instant, zone);
            var (day, time) = (DateOnly.FromDateTime(wall.DateTime), TimeOnly.FromDateTime(wall.DateTime));
            output.Attributes.SetAttribute("datetime", Exact(instant));
            output.Attributes.SetAttribute("title", Hover(instant, zone));
            output.Content.SetContent(Only switch
            {
                "time" => Said.Time(time),
                "day" => Placed(Said.Day(day, WallTime.Today(clock, zone))),
                _ => Placed(Said.Instant(instant, zone, clock.GetUtcNow())),
            });
        }
        else if (Date is { } date)
        {
            output.Attributes.SetAttribute("datetime", date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            output.Attributes.SetAttribute("title", Said.FullDay(date));
            output.Content.SetContent(Placed(Said.Day(date, WallTime.Today(clock, zone))));
        }
        else
        {
            output.SuppressOutput();
        }
    }

    /// <summary>The same for tags that put their own markup together.</summary>
    internal static IHtmlContent Time(DateTimeOffset instant, string zone, TimeProvider clock) => new Markup().Raw("<time").Attribute("datetime", Exact(instant))
        .Attribute("title", Hover(instant, zone)).Raw(">").Text(Said.Instant(instant, zone, clock.GetUtcNow())).Raw("</time>");

    private static string Exact(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string Hover(DateTimeOffset instant, string zone)
    {
        var wall = WallTime.At(instant, zone).DateTime;
        return $"{Said.FullDay(DateOnly.FromDateTime(wall))} at {Said.Time(TimeOnly.FromDateTime(wall))}";
    }

    /// <summary>Names of months keep their capital.</summary>
    private string Placed(string said) =>
        Inside && (said.StartsWith("To", StringComparison.Ordinal) || said.StartsWith("Yes", StringComparison.Ordinal)) ? char.ToLowerInvariant(said[0]) + said[1..] : said;
}
