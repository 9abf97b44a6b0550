using Modular.Host.Links;
using Modular.Tests.Harness;
using Modular.Tests.Security;

namespace Modular.Tests.Links;

/// <summary>Pages of links, and of the public door: one link with the same token in both practices, for the sample referral at Main Street.</summary>
public sealed class LinkSamples : EndpointSamples
{
    private const string Token = "0123456789abcdefghjkmnpqrs";
    private static readonly Guid Row = Guid.Parse("00000000-0000-7000-8000-0000000000d1");
    private static readonly Guid Referral = Guid.Parse("00000000-0000-7000-8000-0000000000f5");

    public override Task PlantAsync(SampleRows rows) => rows.RunAsync("""
        insert into core.public_links
            (id, kind, token_digest, subject_id, location_id, recipient, language, birth_digest, made_at, made_by_name, expires_at)
        values (@row, 'referrals.reply', @digest, @subject, @place, @mark, 'en', @born, now(), 'somebody', now() + interval '1 day')
        """,
        ("row", Row), ("digest", LinkRow.DigestOf(rows.Practice, Token)!), ("subject", Referral), ("place", TestHost.NorthMain),
        ("born", LinkRow.DigestOf(Row, new(1980, 1, 1))));

    public override IEnumerable<Sample> All =>
    [
        new("/links", $"/links?kind=referrals.reply&subject={Referral}") { Permission = "referrals.referral.send" },
        new("/links/{id:guid}", $"/links/{Row}") { Permission = "referrals.referral.send", AtMainStreet = true },
        new("/public/prove/{link}", $"/public/prove/{Token}"),
        new("/public/referrals/replies/{link}", $"/public/referrals/replies/{Token}"),
    ];
}
