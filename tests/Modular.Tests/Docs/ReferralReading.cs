using Modular.Sdk;

namespace Modular.Tests.Docs;

// snippet: document-kind
public static class Protocols
{
    public static readonly DocumentKind Kind = new("referrals.protocol", "Protocol of referring", "referrals.referral.send");
}
// end

// snippet: document-publish
public sealed class ProtocolDesk(IAcknowledgements acknowledgements)
{
    /// <summary>Front desk and nurses sign each new version within a week; a small correction asks nobody again.</summary>
    public Task PublishAsync(string specialty, string text, string? correction, CancellationToken ct) => acknowledgements.PublishAsync(Protocols.Kind, new(
        Key: specialty, Name: $"How we refer to {specialty}", Text: text, new(Everybody: false, [Roles.FrontDesk, Roles.Nurse]), Days: 7)
    {
        Small = correction is not null, Change = correction,
    }, ct);

    public Task<bool> KnowsAsync(string specialty, Guid person, CancellationToken ct) =>
        acknowledgements.IsAcknowledgedAsync(Protocols.Kind, specialty, person, ct);
}
// end
