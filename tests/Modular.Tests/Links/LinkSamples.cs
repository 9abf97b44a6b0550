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
        values (@row, 'referrals.reply', @digest, @subject, @place, @mark, 'en', @born, now(), 'somebody', now() + interval '1 day');
        insert into core.signatures
            (id, permission, subject_id, location_id, title, body, sha256,
                language, consent, signer, relationship, how, place, present_name, signed_at, digest)
        values (@row, 'patients.patient.read', @subject, @place, @mark, 'x', sha256('x'), 'en', 'x', @mark, 'x', 'desk', 'x', 'somebody', now(), sha256('x'))
        """,
        ("row", Row), ("digest", LinkRow.DigestOf(rows.Practice, Token)!), ("subject", Referral), ("place", TestHost.NorthMain),
        ("born", LinkRow.DigestOf(Row, new(1980, 1, 1))));

    public override IEnumerable<Sample> All =>
    [
        new("/links", $"/links?kind=referrals.reply&subject={Referral}") { Permission = "referrals.referral.send" },
        new("/links/{id:guid}", $"/links/{Row}") { Permission = "referrals.referral.send", AtMainStreet = true },
        new("/signatures/{id:guid}", $"/signatures/{Row}") { Permission = "patients.patient.read", AtMainStreet = true },
        new("/public/patients/agreements/{link}", "/public/patients/agreements/none") { Answer = 404 },
        new("/public/prove/{link}", $"/public/prove/{Token}"),
        new("/public/copy/{link}", $"/public/copy/{Token}") { Answer = 302 },
        new("/public/referrals/replies/{link}", $"/public/referrals/replies/{Token}"),
    ];
}
