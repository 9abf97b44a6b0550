using Htmx;
using Microsoft.AspNetCore.Http;

namespace Modular.Sdk;

/// <summary>
/// Who gets a part of a page instead of the page. What is told to htmx in return is the Htmx package's: <c>using Htmx;</c>, then
/// <c>Response.Htmx(h => h.WithTrigger("toast", new { text = "Note saved" }))</c>.
/// </summary>
public static class FragmentRequests
{
    /// <summary>
    /// True when htmx asks for a fragment; false for a browser, a boosted link and a history restore, which get the page. The package's
    /// <c>IsHtmx()</c> is true for the last two as well, so it is not the question to ask before a fragment is answered.
    /// </summary>
    /// <remarks>
    /// What was answered with a view carries <c>Vary: HX-Request</c>: the host puts it there, so that neither a cache nor the back button
    /// takes one for the other.
    /// </remarks>
    /// <example><c>return Request.WantsFragment() ? Fragment("_Rows", rows) : Page(rows);</c></example>
    public static bool WantsFragment(this HttpRequest request) =>
        request.IsHtmx()
        // Their presence, not their value: read as "true" or "false", a header that says neither would be an error of ours.
        && !request.Headers.ContainsKey(HtmxRequestHeaders.Keys.Boosted)
        && !request.Headers.ContainsKey(HtmxRequestHeaders.Keys.HistoryRestoreRequest);
}
