using Microsoft.AspNetCore.Mvc;

namespace Modular.Sdk;

/// <summary>What a page of the staff does with a link that it made.</summary>
public static class PublicLinkPages
{
    /// <summary>Where the token waits, sealed, for the page that shows it once.</summary>
    public const string Key = "link";

    /// <summary>On to the page that shows the link this once, to be copied or printed with its QR code.</summary>
    /// <param name="page">The slice that answers.</param>
    /// <param name="link">As <see cref="IPublicLinks.MakeAsync"/> gave it, after the write was committed.</param>
    public static IActionResult LinkMade(this Slice page, MadeLink link)
    {
        page.TempData[Key] = $"{link.Id:N}{link.Token}";
        return page.Onward($"/links/{link.Id}");
    }

    /// <summary>Where people see all links of a row and revoke them.</summary>
    /// <param name="kind">The links of this kind.</param>
    /// <param name="subject">The row that they are about.</param>
    /// <param name="patient">Of those, the links about this patient; null for all.</param>
    public static string ListOf(LinkKind kind, Guid subject, Guid? patient = null) =>
        $"/links?kind={Uri.EscapeDataString(kind.Id)}&subject={subject}{(patient is null ? "" : $"&patient={patient}")}";
}
