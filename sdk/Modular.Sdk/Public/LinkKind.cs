namespace Modular.Sdk;

/// <summary>
/// A single-use link by which somebody without an account does one thing: declared with <see cref="ModuleBuilder.Link"/>, made by
/// <see cref="IPublicLinks.MakeAsync"/>, opened by a page with <see cref="PublicPageAttribute.Link"/>.
/// </summary>
/// <param name="Id"><c>module.noun</c>, lower-case letters, digits and hyphens; never renamed.</param>
/// <param name="Name">What people in the office call it: "Reply to a referral".</param>
/// <param name="Path">Where its page is, without the link: <c>/public/referrals/replies</c>.</param>
/// <param name="Needs">The permission of whoever makes, sees and revokes such links.</param>
/// <example><code>
/// public static readonly LinkKind Reply = new("referrals.reply", "Reply to a referral", "/public/referrals/replies", "referrals.referral.send")
/// {
///     Allows = ["referrals.referral.send"], Days = 60,
/// };
/// </code></example>
public sealed record LinkKind(string Id, string Name, string Path, string Needs)
{
    /// <summary>
    /// Permissions of the module that whoever holds the link has on its page: what a step or a service asks for. They open no page of the staff.
    /// </summary>
    public IReadOnlyList<string> Allows { get; init; } = [];

    /// <summary>How many days a link lasts, 1 to 365, unless another day is given when it is made.</summary>
    public int Days { get; init; } = 14;
}
