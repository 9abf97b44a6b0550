using Modular.Host.Audit;
using Modular.Sdk;

namespace Modular.Host.Links;

/// <summary>What the logs say of links.</summary>
public static class LinkWords
{
    public const string Opened = "opened a link";
    public const string Wrong = "wrong date of birth at a link";
    public const string Made = "made a link";
    public const string Used = "used a link";
    public const string Copied = "opened a copy of what was signed";
    public const string Revoked = "revoked a link";

    /// <param name="log">One of <see cref="AuditTrail.Access"/> and <see cref="AuditTrail.Change"/>.</param>
    /// <param name="what">One of these.</param>
    public static AuditNote Note(string log, LinkRow link, LinkKind kind, string what, string? more = null) => new(
        log, kind.Id.Split('.')[0], what, "public_links", link.Id, link.PatientId is { } patient ? [patient] : null,
        $"{kind.Name}, for {link.Recipient}{(more is null ? "" : $", {more}")}");
}
