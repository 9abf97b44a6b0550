namespace Modular.Sdk;

/// <summary>
/// A page for people without an account, and why there has to be one. It stands on an action of a <see cref="PublicSlice"/> whose address
/// begins with <c>/public/</c> and the module's id; nothing else there is answered, and nothing elsewhere is open to them.
/// </summary>
/// <param name="reason">Why people without an account need it; tests and the endpoint report show it.</param>
/// <example><code>
/// [HttpGet("/public/referrals/replies/{link}")]
/// [PublicPage("A specialist without an account replies to a referral.", Link = "referrals.reply")]
/// </code></example>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PublicPageAttribute(string reason) : Attribute
{
    public string Reason { get; } = reason;

    /// <summary>
    /// The <see cref="LinkKind"/> whose links open the page; its address then ends in <c>{link}</c>. Null for a page that everybody may open
    /// and that shows nothing of anybody.
    /// </summary>
    public string? Link { get; set; }

    /// <summary>The most that may be sent to it, in kilobytes. More is refused before it is read.</summary>
    public int LargestKilobytes { get; set; } = 64;
}
